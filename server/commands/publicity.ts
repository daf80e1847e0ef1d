/** `publicity`: until when a recommendation must hang out. */
import type { Command } from "commander";
import { loadLibrary } from "../library.ts";
import { type PublicityRequest, publicity } from "../publicity.ts";
import { command, countArgument, write } from "./command.ts";

export const publicityCommand = (): Command =>
  command("publicity", "公示期 · the days of a publicity by the working-day calendar")
    .requiredOption("--rulebook <id>", "规则库 · rulebook")
    .requiredOption("--from <date>", "首日 · first day, YYYY-MM-DD")
    .option("--days <n>", "工作日数 · working days (default: what the notice asks for)", countArgument(366))
    .option("--rulebooks <dir>", "规则库目录 · folder of rulebooks (default: data/rulebooks)")
    .action(async ({ rulebooks, ...asked }: PublicityRequest & { readonly rulebooks?: string }) =>
      write(`${JSON.stringify(publicity(await loadLibrary(rulebooks), asked))}\n`),
    );
