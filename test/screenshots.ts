/**
 * Pictures of every page, at 1440×900 and 1920×1080:
 *
 *   npm run screenshots [-- --out FOLDER] [--data FOLDER] [--language zh-CN|en] [--only NAME]
 *
 * Without --out only the picture of the README is made (web/screenshots/overview.png). The data folder is made with the
 * demonstration when it has no database yet.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { openBrowser } from "./e2e/browser.ts";
import { startServer } from "./e2e/server.ts";

const { values } = parseArgs({
  options: {
    out: { type: "string" },
    data: { type: "string", default: "data/local" },
    language: { type: "string", default: "zh-CN" },
    /** Pictures whose name begins so. */
    only: { type: "string", default: "" },
  },
});
const readmePicture = join("web", "screenshots", "overview.png");
const sizes = [
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
];

interface Shot {
  readonly name: string;
  readonly path: string;
  /** Whole height of the page, not only the window. */
  readonly whole?: true;
  /** What must be in sight. */
  readonly scrollTo?: string;
  /** What a reader does first. */
  readonly first?: (page: Page) => Promise<void>;
}

/** Waits for the first number that opens a list. */
const counted = (page: Page): Promise<void> => page.locator("td a.number-link").first().waitFor();

/** The newest exam year that has applications, so that the quota is in use. */
const overview: Shot = { name: "overview", path: "?year=2024" };

/** Everything, with the first senior-technician candidate of the roster as the worker who is shown. */
async function shots(page: Page, origin: string): Promise<readonly Shot[]> {
  const ask = async (path: string) => (await page.request.get(`${origin}/api/v1${path}`)).json();
  const { newestExamYear } = (await ask("/meta")) as { newestExamYear: number };
  const list = `/workers?year=${newestExamYear}&level=seniorTechnician&measure=planningEligible&limit=1`;
  const { rows } = (await ask(list)) as { rows: { workerId: string }[] };
  const worker = rows[0]?.workerId;
  const condition = "level=seniorTechnician&measure=unmet&rulebook=nantong-2023&condition=appraisals&from=rulebooks";
  return [
    { name: "overview", path: "" },
    { ...overview, name: "overview-2024", whole: true },
    { name: "overview-whole", path: "", whole: true },
    { name: "overview-one-level", path: "?level=seniorTechnician&district=320600", whole: true },
    { name: "quota", path: "quota" },
    { name: "quota-table", path: "quota?year=2024&district=320600", scrollTo: "[data-testid=quota-table]" },
    { name: "quota-whole", path: "quota", whole: true },
    ...["", "&show=stages", "&show=quota", "&show=passes", "&show=passes&by=unit"].map((part) => ({
      name: `bottlenecks${part.replaceAll(/&[a-z]+=/g, "-")}`,
      path: `bottlenecks?year=2024${part}`,
      whole: true as const,
      first: async (page: Page) => {
        await page.locator("a.number-link").nth(9).waitFor();
        await page.locator(".ant-skeleton").waitFor({ state: "detached" });
      },
    })),
    {
      name: "bottlenecks-not-yet",
      path: "bottlenecks?show=stages",
      first: (page) => page.getByTestId("year-before").waitFor(),
    },
    ...["", "?view=levels", "?compare=2021"].map((part) => ({
      name: `forecast${part.replaceAll(/[?=]/g, "-")}`,
      path: `forecast${part}`,
      whole: true as const,
      first: async (page: Page) => {
        await page.getByTestId("drill-total-applicants").waitFor({ timeout: 180_000 });
        await page.locator(".past-note").first().waitFor({ timeout: 600_000 });
        if (part.includes("compare")) await page.getByTestId("compare-chart").waitFor({ timeout: 180_000 });
      },
    })),
    {
      name: "backtest",
      path: "backtest",
      whole: true,
      first: (page) => page.getByTestId("backtest-table").waitFor({ timeout: 600_000 }),
    },
    { name: "people", path: "people?measure=eligible&level=senior" },
    { name: "people-used", path: "people?year=2024&measure=used" },
    { name: "check", path: "check" },
    ...(worker === undefined
      ? []
      : [
          { name: "check-worker", path: `check?worker=${worker}&level=seniorTechnician` },
          {
            name: "check-changed",
            path: `check?worker=${worker}&level=seniorTechnician`,
            first: async (page: Page) => {
              await page.getByTestId("fact-onPost").locator(".ant-segmented-item").nth(1).click();
              await page.locator("[data-changed]").first().waitFor();
            },
          },
          { name: "check-worker-whole", path: `check?worker=${worker}&level=seniorTechnician`, whole: true as const },
        ]),
    { name: "rulebooks", path: "rulebooks/nantong-2023", first: counted },
    { name: "rulebooks-whole", path: "rulebooks/nantong-2023", whole: true, first: counted },
    {
      name: "rulebooks-changzhou-whole",
      path: "rulebooks/changzhou-2024?level=technician",
      whole: true,
      first: counted,
    },
    { name: "rulebooks-compare", path: "rulebooks/nantong-2023?with=changzhou-2024" },
    {
      name: "rulebooks-compare-whole",
      path: "rulebooks/nantong-2023?with=changzhou-2024",
      whole: true,
      first: async (page) => {
        await page.getByTestId("ask-population").click();
        await page.getByTestId("population").waitFor({ timeout: 180_000 });
      },
    },
    {
      name: "rulebooks-places",
      path: "rulebooks/fujian-2020",
      scrollTo: "[data-testid=rulebook-balance]",
      first: async (page) => {
        await page.getByTestId("rulebook-balance").getByRole("spinbutton").fill("120");
        await page.getByTestId("places-regions").waitFor();
      },
    },
    { name: "people-condition", path: `people?${condition}` },
    ...(worker === undefined
      ? []
      : [
          {
            name: "check-score",
            path: `check?worker=${worker}&level=seniorTechnician`,
            first: async (page: Page) => {
              await page.getByRole("tab").nth(1).click();
              await page.getByTestId("score").waitFor();
            },
          },
        ]),
    { name: "import", path: "import" },
    { name: "import-history", path: "import/history" },
    { name: "changes", path: "roster-changes", first: counted },
    { name: "changes-whole", path: "roster-changes", whole: true, first: counted },
    { name: "changes-people", path: "roster-changes?kind=promoted" },
    { name: "quality", path: "quality", first: counted },
    { name: "quality-whole", path: "quality", whole: true, first: counted },
    { name: "quality-findings", path: "quality?severity=all" },
    { name: "not-found", path: "nothing-here" },
  ];
}

async function take(page: Page, origin: string, shot: Shot, file: string): Promise<void> {
  await page.goto(`${origin}/${shot.path}`, { waitUntil: "networkidle" });
  await shot.first?.(page);
  if (shot.scrollTo)
    await page
      .locator(shot.scrollTo)
      .evaluate((element) => window.scrollBy(0, element.getBoundingClientRect().top - 72));
  await page.screenshot({ path: file, fullPage: shot.whole ?? false });
  process.stdout.write(`${file}\n`);
}

const server = await startServer(values.data);
const browser = await openBrowser();
try {
  const page = await browser.context.newPage();
  await page.addInitScript((language) => localStorage.setItem("gongkao.language", language), values.language);
  await page.goto(server.signInUrl, { waitUntil: "networkidle" });
  if (values.out === undefined) {
    await mkdir(join("web", "screenshots"), { recursive: true });
    await take(page, server.origin, overview, readmePicture);
  } else {
    await mkdir(values.out, { recursive: true });
    const all = (await shots(page, server.origin)).filter(({ name }) => name.startsWith(values.only));
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const shot of all) await take(page, server.origin, shot, join(values.out, `${shot.name}-${size.width}.png`));
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
