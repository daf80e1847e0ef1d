/**
 * Pictures of every page, in Chinese, at 1440×900 and 1920×1080:
 *
 *   npm run screenshots [-- --out FOLDER] [--data FOLDER]
 *
 * Without --out only the picture of the README is made (web/screenshots/overview.png). The data folder is made with the
 * demonstration when it has no database yet.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openBrowser } from "./e2e/browser.ts";
import { startServer } from "./e2e/server.ts";

const { values } = parseArgs({ options: { out: { type: "string" }, data: { type: "string", default: "data/local" } } });
const readmeFolder = "web/screenshots";
const pages = ["", "quota", "people?measure=eligible&level=senior", "check", "import"];
const sizes = [
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
];

await mkdir(values.out ?? readmeFolder, { recursive: true });
const server = await startServer(values.data);
try {
  const browser = await openBrowser();
  const page = await browser.context.newPage();
  await page.goto(server.signInUrl);
  for (const size of values.out ? sizes : sizes.slice(0, 1)) {
    await page.setViewportSize(size);
    for (const path of values.out ? pages : pages.slice(0, 1)) {
      await page.goto(`${server.origin}/${path}`, { waitUntil: "networkidle" });
      const name = path === "" ? "overview" : path.replace(/\?.*/, "");
      const file = values.out ? join(values.out, `${name}-${size.width}.png`) : join(readmeFolder, "overview.png");
      await page.screenshot({ path: file });
      process.stdout.write(`${file}\n`);
    }
  }
  await browser.close();
} finally {
  await server.stop();
}
