/**
 * Every test, with one closing line `N passed, N failed`. The browser tests need Chromium: in CI its absence is a failure,
 * elsewhere they are left out and that is said.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "./e2e/browser.ts";

const folder = mkdtempSync(join(tmpdir(), "gongkao-tests-"));
const report = join(folder, "report.json");
const say = (text: string) => process.stdout.write(`${text}\n`);
const browser = findBrowser();
const leaveOut = browser === undefined && !process.env.CI;

const { status } = spawnSync(
  process.execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...(leaveOut ? ["--exclude", "test/e2e/**"] : []),
  ],
  { stdio: "inherit" },
);

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly success: boolean;
}

let passed = 0;
let failed = 1;
try {
  const result = JSON.parse(readFileSync(report, "utf8")) as Report;
  passed = result.numPassedTests;
  // A file that could not even be loaded has no failed tests, but it has failed.
  failed = result.numFailedTests || (result.success && status === 0 ? 0 : Math.max(1, result.numFailedTestSuites));
} catch {
  say("the test runner left no report");
}
rmSync(folder, { recursive: true, force: true });
if (leaveOut) {
  say("browser tests left out: no Chromium found (install chromium and fonts-noto-cjk, or set CHROMIUM to its path)");
}
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
