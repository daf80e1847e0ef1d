/** What the commands that look ahead have in common: from which roster, which exam years, for whom, in which groups. */
import type { Command } from "commander";
import type { TargetLevel } from "../rules/facts.ts";
import { dataOption, yearArgument } from "./command.ts";
import { type TableOptions, withTableOptions } from "./tables.ts";

export interface FutureOptions extends Pick<TableOptions, "data" | "by" | "district" | "trade" | "unit" | "format"> {
  readonly scenario?: string;
  readonly from?: number;
  readonly to?: number;
  readonly origin?: number;
  readonly level?: TargetLevel;
}

/** The command with the options added. */
export const withFutureOptions = (command: Command): Command =>
  withTableOptions(
    command
      .addOption(dataOption())
      .option(
        "--scenario <id or file>",
        "推演方案的代号，或写有变动列表的 JSON 文件 · id of a scenario, or a JSON file of changes",
      )
      .option("--from <year>", "首个考评年度 · first exam year", yearArgument)
      .option("--to <year>", "末个考评年度 · last exam year", yearArgument)
      .option("--origin <year>", "以该年名册为起点，视同没有其后数据 · roster year to forecast from", yearArgument),
  );
