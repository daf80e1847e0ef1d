/** A planner's desk: the real server on a data folder of its own, a browser that opened its link, and the API beside it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { APIRequestContext, BrowserContext, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { demonstrationDatabase, emptyDatabase } from "../template.ts";
import { openBrowser } from "./browser.ts";
import { type RunningServer, startServer } from "./server.ts";

export interface Desk {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly origin: string;
  /** Lines the server printed. */
  readonly server: RunningServer;
  /** The JSON answer of a path below /api/v1, asked with the session of the browser. */
  ask<T>(path: string): Promise<T>;
  stopServer(): Promise<void>;
  /** At the same address, with a new sign-in link. */
  startServerAgain(): Promise<RunningServer>;
  close(): Promise<void>;
}

async function answer<T>(request: APIRequestContext, url: string): Promise<T> {
  const response = await request.get(url);
  if (!response.ok()) throw new Error(`${url}: ${response.status()} ${await response.text()}`);
  return (await response.json()) as T;
}

/** On the empty database that `init` makes, on the demonstration, or on what a function puts into the folder. */
export async function openDesk(
  database: "empty" | "demonstration" | ((dataDir: string) => Promise<void>),
): Promise<Desk> {
  const dataDir = await mkdtemp(join(tmpdir(), "gongkao-desk-"));
  const fill = typeof database === "function" ? database : database === "empty" ? emptyDatabase : demonstrationDatabase;
  await fill(dataDir);
  let server = await startServer(dataDir);
  const { origin } = server;
  const browser = await openBrowser();
  const { context } = browser;
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  await page.goto(server.signInUrl);
  return {
    context,
    page,
    origin,
    server,
    ask: (path) => answer(context.request, `${origin}/api/v1${path}`),
    stopServer: async () => void (await server.stop()),
    async startServerAgain() {
      server = await startServer(dataDir, Number(new URL(origin).port));
      return server;
    },
    async close() {
      await browser.close();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The number that an element shows: "1,234" → 1234, "—" → null. */
export async function numberIn(element: Locator): Promise<number | null> {
  const text = (await element.innerText()).trim();
  return text === "—" ? null : Number(text.replaceAll(",", ""));
}

/** Waits until an element shows this number. */
export async function expectNumber(element: Locator, wanted: number | null): Promise<void> {
  await expect.poll(() => numberIn(element), { timeout: 20_000 }).toBe(wanted);
}

/** Chooses an option of a drop-down list by the words of the option. */
export async function choose(field: Locator, option: string): Promise<void> {
  const page = field.page();
  const list = page.locator(".ant-select-dropdown:visible");
  const entry = list
    .locator(".ant-select-item-option, .ant-select-tree-node-content-wrapper")
    .getByText(option, { exact: true });
  // A list that is drawn anew under the pointer loses the click; a taken choice closes it.
  for (let attempt = 1; ; attempt++) {
    if (!(await list.isVisible())) await field.getByRole("combobox").click();
    await entry.click();
    try {
      return await list.waitFor({ state: "hidden", timeout: 5_000 });
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}
