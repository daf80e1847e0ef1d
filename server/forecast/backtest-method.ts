/** Which method a backtest was made with: the program text that its figures come from. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ofProduct } from "../root.ts";

const server = fileURLToPath(ofProduct("server"));
const queries = fileURLToPath(ofProduct("queries"));

/** Keeping and scheduling change no figure. */
const others = /^(?:desk.*|years|backtest-(?:store|table|method))\.ts$/;

let known: string | undefined;

/**
 * A hash over the sources of the forecast and of the rules, and over the queries they read: it changes with every change of the method, so
 * that past errors are never shown for a method they are not of. A changed comment only makes the backtest anew.
 */
export function methodOf(): string {
  known ??= hashOf([
    ...filesOf(join(server, "forecast"), (name) => name.endsWith(".ts") && !others.test(name)),
    ...filesOf(join(server, "rules"), (name) => name.endsWith(".ts")),
    ...filesOf(queries, (name) => /^(?:forecast|backtest)-.*\.sql$/.test(name)),
  ]);
  return known;
}

const filesOf = (folder: string, wanted: (name: string) => boolean): string[] =>
  readdirSync(folder)
    .filter(wanted)
    .sort()
    .map((name) => join(folder, name));

function hashOf(files: readonly string[]): string {
  const hash = createHash("sha256");
  // Line ends differ between checkouts; the method does not.
  for (const file of files) hash.update(readFileSync(file, "utf8").replaceAll("\r\n", "\n")).update("\0");
  return hash.digest("hex");
}
