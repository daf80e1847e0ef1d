/** Reads rulebook folders from disk; the rules themselves know no file system. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { badInput } from "./errors.ts";
import { buildLibrary, type RulebookLibrary } from "./rules/rulebook.ts";

export type { Rulebook, RulebookLibrary } from "./rules/rulebook.ts";

export const rulebookFolder = fileURLToPath(new URL("../data/rulebooks", import.meta.url));

/** Every *.yaml of a folder as one library. Throws bad-input when there is none or one is faulty. */
export async function loadLibrary(folder: string = rulebookFolder): Promise<RulebookLibrary> {
  let names: string[];
  try {
    names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
  } catch (cause) {
    const error = badInput(`无法读取规则库文件夹 ${folder}`, `cannot read the rulebook folder ${folder}`);
    error.cause = cause;
    throw error;
  }
  if (names.length === 0)
    throw badInput(`文件夹 ${folder} 中没有规则库（*.yaml）`, `no rulebook (*.yaml) in ${folder}`);
  return buildLibrary(
    await Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), "utf8") }))),
  );
}
