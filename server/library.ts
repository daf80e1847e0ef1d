/** Reads rulebook folders from disk; the rules themselves know no file system. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { badInput } from "./errors.ts";
import { buildLibrary } from "./rules/build-library.ts";
import type { RulebookLibrary } from "./rules/rulebook.ts";

export type { Rulebook, RulebookLibrary } from "./rules/rulebook.ts";

export const rulebookFolder = fileURLToPath(new URL("../data/rulebooks", import.meta.url));

// Cases are most of the text; only those who run them wait for them to be read. Lines are kept, for the places in messages.
const casesBlock = /^(?:people|cases|scoreCases):.*\n(?:(?:[ \t#].*)?\n)*/gm;
const withoutCases = (text: string) => text.replace(casesBlock, (block) => "\n".repeat(block.split("\n").length - 1));

/** Every *.yaml of a folder as one library, with or without its test cases. Throws bad-input when there is none or one is faulty. */
export async function loadLibrary(
  folder: string = rulebookFolder,
  { cases = false }: { readonly cases?: boolean } = {},
): Promise<RulebookLibrary> {
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
    await Promise.all(
      names.map(async (name) => {
        const text = await readFile(join(folder, name), "utf8");
        return { name, text: cases ? text : withoutCases(text) };
      }),
    ),
  );
}
