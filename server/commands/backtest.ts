/** `backtest`: how far the forecasts of earlier years were off. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { fullScope } from "../access/scope.ts";
import { longestHorizon } from "../forecast/backtest.ts";
import { type CellGrouping, cellGroupings } from "../forecast/backtest-score.ts";
import { keepBacktest } from "../forecast/backtest-store.ts";
import { backtestTable } from "../forecast/backtest-table.ts";
import { type Measure, measures } from "../forecast/types.ts";
import { loadLibrary } from "../library.ts";
import { type TargetLevel, targetLevels } from "../rules/facts.ts";
import { command, countArgument, dataOption, tell } from "./command.ts";
import { withDecidedStore } from "./database.ts";
import { formatOption, print } from "./tables.ts";

interface Options {
  readonly data?: string;
  readonly origins?: readonly number[];
  readonly horizon: number;
  readonly measure?: Measure;
  readonly grouping?: CellGrouping;
  readonly level?: TargetLevel;
  readonly format: "json" | "csv" | "arrow";
}

/** Parses `--origins`. */
function yearsArgument(text: string): number[] {
  if (/^\d{4}(,\d{4})*$/.test(text)) return text.split(",").map(Number);
  throw new InvalidArgumentError(
    `应为以逗号分隔的四位年度 · expected four-digit years separated by commas, not ${text}`,
  );
}

export const backtestCommand = (): Command =>
  command("backtest", "预测检验 · forecasts of earlier years against what became of them")
    .addOption(dataOption())
    .option("--origins <years>", "预测起点（名册年度） · roster years to forecast from; default all", yearsArgument)
    .option("--horizon <years>", "最远年数 · exam years ahead", countArgument(longestHorizon), longestHorizon)
    .addOption(new Option("--measure <name>", "指标 · measure").choices(measures))
    .addOption(new Option("--grouping <name>", "分组 · what the cells are").choices(cellGroupings))
    .addOption(new Option("--level <level>", "申报等级 · target level").choices(targetLevels))
    .addOption(formatOption())
    .action(async ({ origins, horizon, format, ...filters }: Options) => {
      const library = await loadLibrary();
      await withDecidedStore(filters, library, async (store) => {
        const onProgress = (done: number, total: number) =>
          tell({ zh: `预测检验：${done}/${total} 个起点`, en: `backtest: ${done} of ${total} origins` });
        const { run } = await keepBacktest(store, library, { origins, horizon, onProgress });
        const { measure, grouping, level } = filters;
        await store.read((c) => print(c, backtestTable({ run, measure, grouping, level, scope: fullScope }), format));
      });
    });
