/** Finds and starts the browser of the end-to-end tests and of the screenshot script. */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";

const places = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

export function findBrowser(): string | undefined {
  return places.find((path) => path !== undefined && path !== "" && existsSync(path));
}

/** A browser with a new profile, in Chinese; `close` removes the profile. */
export async function openBrowser(viewport = { width: 1440, height: 900 }): Promise<{
  readonly context: BrowserContext;
  close(): Promise<void>;
}> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error("no Chromium found: install it or set CHROMIUM to its path");
  const profile = await mkdtemp(join(tmpdir(), "gongkao-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport,
    locale: "zh-CN",
    // Colours half faded in are no colours to judge.
    reducedMotion: "reduce",
    acceptDownloads: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return {
    context,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
