/** Facts from a file or standard input → one result per line: what `evaluate` and `score` share. */
import { readFile } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";
import { badInput } from "../errors.ts";
import { type Answer, answerItem, type Item, isItemError, itemsOf } from "../evaluations.ts";
import { FactsError } from "../rules/parse-facts.ts";
import { command, tell, write, yearArgument } from "./command.ts";

export interface FactsOptions {
  readonly rulebook: string;
  readonly level: string;
  readonly year?: number;
  readonly rulebooks?: string;
  readonly facts: string;
}

/** A command with the options of `FactsOptions`. */
export const factsCommand = (name: string, summary: string) =>
  command(name, summary)
    .requiredOption("--rulebook <id>", "规则库 · rulebook")
    .requiredOption("--level <level>", "申报等级 · target level")
    .option("--year <year>", "考评年度 · exam year (default: the rulebook's own)", yearArgument)
    .option("--rulebooks <dir>", "规则库目录 · folder of rulebooks (default: data/rulebooks)")
    .requiredOption(
      "--facts <file>",
      "JSON 对象、数组或 NDJSON；- 为标准输入 · JSON object, array or NDJSON; - is standard input",
    );

/** Writes a result per item. A faulty item of a batch gets its error in its place, and the exit code is 2. */
export async function answerFacts<Result extends object>(file: string, answer: Answer<Result>): Promise<void> {
  const input = parseInput(await read(file));
  if ("single" in input) {
    await write(`${JSON.stringify(answer(input.single, true))}\n`);
    return;
  }
  let faults = 0;
  for (const item of input.items) {
    const result = answerItem(answer, item);
    if (isItemError(result)) faults++;
    await write(`${JSON.stringify(result)}\n`);
  }
  if (faults === 0) return;
  const all = input.items.length;
  tell({
    zh: `${all} 项中有 ${faults} 项无法给出结果，见结果中的 error`,
    en: `${faults} of ${all} items could not be answered; see their error`,
  });
  process.exitCode = 2;
}

async function read(file: string): Promise<string> {
  if (file === "-") return textOf(process.stdin);
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw badInput(`无法读取 ${file}：${reason}`, `cannot read ${file}: ${reason}`, { property: "facts", value: file });
  }
}

type Input = { readonly single: unknown } | { readonly items: readonly Item[] };

const parsed = (text: string): { readonly json: unknown } | undefined => {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

/** One JSON value, a list of them, or one a line. A single item is not a batch, however it is written. */
function parseInput(raw: string): Input {
  const text = raw.replace(/^\uFEFF/, "");
  if (text.trim() === "")
    throw badInput("没有工人信息（文件为空）", "there are no facts: the file is empty", { property: "facts" });
  const whole = parsed(text);
  if (whole) {
    if (!Array.isArray(whole.json)) return { single: whole.json };
    return whole.json.length === 1 ? { single: whole.json[0] } : { items: itemsOf(whole.json) };
  }
  const items = text.split(/\r?\n/).flatMap((line, index): Item[] => {
    if (line.trim() === "") return [];
    return [{ line: index + 1, content: parsed(line) ?? { fault: notJson(line) } }];
  });
  return { items };
}

function notJson(line: string): FactsError {
  const shown = line.length > 80 ? `${line.slice(0, 79)}…` : line;
  return new FactsError(null, shown, { zh: "此行不是有效的 JSON", en: "this line is no JSON" });
}
