/** `evaluate`: facts from a file or standard input → one result per line. */
import { readFile } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";
import type { Command } from "commander";
import { badInput } from "../errors.ts";
import { evaluateItem, evaluateOne, type Item, isItemError, itemsOf, question } from "../evaluations.ts";
import { loadLibrary } from "../library.ts";
import { FactsError } from "../rules/parse-facts.ts";
import { command, tell, write, yearArgument } from "./command.ts";

interface EvaluateOptions {
  readonly rulebook: string;
  readonly level: string;
  readonly year?: number;
  readonly rulebooks?: string;
  readonly facts: string;
}

export const evaluateCommand = (): Command =>
  command("evaluate", "资格核验 · decide workers from their facts")
    .requiredOption("--rulebook <id>", "规则库 · rulebook")
    .requiredOption("--level <level>", "申报等级 · target level")
    .option("--year <year>", "考评年度 · exam year (default: the rulebook's own)", yearArgument)
    .option("--rulebooks <dir>", "规则库目录 · folder of rulebooks (default: data/rulebooks)")
    .requiredOption(
      "--facts <file>",
      "JSON 对象、数组或 NDJSON；- 为标准输入 · JSON object, array or NDJSON; - is standard input",
    )
    .action(async (options: EvaluateOptions) => {
      const library = await loadLibrary(options.rulebooks);
      const asked = question(library, options.rulebook, options.level, options.year);
      const input = parseInput(await read(options.facts));
      if ("single" in input) {
        await write(`${JSON.stringify(evaluateOne(asked, input.single))}\n`);
        return;
      }
      let faults = 0;
      for (const item of input.items) {
        const result = evaluateItem(asked, item);
        if (isItemError(result)) faults++;
        await write(`${JSON.stringify(result)}\n`);
      }
      if (faults === 0) return;
      const all = input.items.length;
      tell({
        zh: `${all} 项中有 ${faults} 项无法核验，见结果中的 error`,
        en: `${faults} of ${all} items could not be evaluated; see their error`,
      });
      process.exitCode = 2;
    });

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
export function parseInput(raw: string): Input {
  const text = raw.replace(/^\uFEFF/, "");
  if (text.trim() === "")
    throw badInput("没有可核验的内容（文件为空）", "nothing to evaluate: the file is empty", { property: "facts" });
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
