/** Reads rulebook folders from disk; the rules themselves know no file system. */
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { badInput } from "./errors.ts";
import { ofProduct } from "./root.ts";
import { buildLibrary, type ReadLibrary, readLibrary } from "./rules/build-library.ts";
import type { RulebookLibrary } from "./rules/rulebook.ts";
import type { RulebookFile } from "./rules/rulebook-text.ts";

export type { Rulebook, RulebookLibrary } from "./rules/rulebook.ts";

// Cases are most of the text; only those who run them wait for them to be read. Lines are kept, for the places in messages.
const casesBlock = /^(?:people|cases|scoreCases):.*\n(?:(?:[ \t#].*)?\n)*/gm;
const withoutCases = (text: string) => text.replace(casesBlock, (block) => "\n".repeat(block.split("\n").length - 1));

export const rulebookFolder = fileURLToPath(ofProduct("data/rulebooks"));

/**
 * Every *.yaml of a folder as one library, with or without its test cases. A rulebook may extend one of the same folder or one
 * of the product's own. Throws bad-input when there is none or one is faulty.
 */
export async function loadLibrary(
  folder: string = rulebookFolder,
  { cases = false }: { readonly cases?: boolean } = {},
): Promise<RulebookLibrary> {
  const files = await readFolder(folder);
  const rules = cases ? files : files.map(({ name, text }) => ({ name, text: withoutCases(text) }));
  return buildLibrary(rules, { cases, parents: await ownRulebooks(folder) });
}

/** The same with its cases and every fault collected. Throws bad-input when the folder cannot be read or holds no rulebook. */
export async function readRulebooks(folder: string = rulebookFolder): Promise<ReadLibrary> {
  return readLibrary(await readFolder(folder), { cases: true, parents: await ownRulebooks(folder) });
}

async function readFolder(folder: string): Promise<RulebookFile[]> {
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
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), "utf8") })));
}

/** The product's own rulebooks by id, for a folder elsewhere to extend: each file is named by its id. */
async function ownRulebooks(folder: string): Promise<ReadonlyMap<string, RulebookFile>> {
  if (resolve(folder) === rulebookFolder) return new Map();
  const files = await readFolder(rulebookFolder);
  return new Map(files.map(({ name, text }) => [name.replace(/\.ya?ml$/, ""), { name, text: withoutCases(text) }]));
}
