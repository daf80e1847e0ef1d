/** `rulebooks`: which there are; `check`, `diff` and `schema` are below it. */
import type { Command } from "commander";
import { loadLibrary } from "../library.ts";
import { rulebookSummary } from "../rules/document.ts";
import { checkRulebooksCommand } from "./check-rulebooks.ts";
import { command, write } from "./command.ts";
import { diffRulebooksCommand } from "./diff-rulebooks.ts";
import { rulebookSchemaCommand } from "./rulebook-schema.ts";

export const rulebooksCommand = (): Command =>
  command("rulebooks", "规则库：一览、检查、比较 · list, check or compare the rulebooks")
    .option("--json", "JSON 输出 · print JSON")
    .option("--rulebooks <dir>", "规则库目录 · folder of rulebooks (default: data/rulebooks)")
    .action(async (options: { json?: boolean; rulebooks?: string }) => {
      const library = await loadLibrary(options.rulebooks);
      const list = [...library.books.values()].map(rulebookSummary);
      if (options.json) return write(`${JSON.stringify(list)}\n`);
      for (const { id, title, levels } of list) await write(`${id}\t${title.zh} · ${title.en}\t${levels.join(",")}\n`);
    })
    .addCommand(checkRulebooksCommand())
    .addCommand(diffRulebooksCommand())
    .addCommand(rulebookSchemaCommand());
