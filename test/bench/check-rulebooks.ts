/**
 * `npm run bench:check`: reading the product's rulebooks with every check and every case on the evaluator, and reading them to
 * serve, each in processes of its own in which nothing has run before, compiled as the server is. Modules are loaded before the clock starts.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadLibrary, readRulebooks } from "../../server/library.ts";
import { ofProduct } from "../../server/root.ts";
import { checkLibrary } from "../../server/rules/check.ts";

const what = process.argv[2];

async function once(): Promise<void> {
  const start = performance.now();
  if (what === "serve") await loadLibrary();
  else checkLibrary(await readRulebooks());
  process.stdout.write(String(performance.now() - start));
}

/** This program, compiled; its path. */
function compiled(): string {
  const folder = fileURLToPath(ofProduct("dist/bench"));
  const compile = fileURLToPath(ofProduct("server/compile.mjs"));
  execFileSync(process.execPath, [compile, folder, fileURLToPath(import.meta.url)]);
  return join(folder, "check-rulebooks.mjs");
}

function measured(program: string, of: string, runs: number): number[] {
  const run = () => Number(execFileSync(process.execPath, [program, of], { encoding: "utf8" }));
  return Array.from({ length: runs }, run).sort((a, b) => a - b);
}

if (what !== undefined) await once();
else {
  const program = compiled();
  for (const [of, label] of [
    ["check", "read, check and run every case"],
    ["serve", "read to serve"],
  ] as const) {
    const times = measured(program, of, 7);
    const [least, middle] = [times[0], times[3]].map((time) => `${Math.round(time ?? 0)} ms`);
    process.stdout.write(`${label.padEnd(34)} fastest ${least}, median ${middle} of 7 processes\n`);
  }
}
