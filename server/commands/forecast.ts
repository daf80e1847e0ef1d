/** `forecast`: the coming exam years. */
import { type Command, Option } from "commander";
import { fullScope } from "../access/scope.ts";
import { loadLibrary } from "../library.ts";
import { type TargetLevel, targetLevels } from "../rules/facts.ts";
import { forecastAnswer, forecastStatement, forecastTimeoutMs, parseBy } from "../tables.ts";
import { command, dataOption, tell, yearArgument } from "./command.ts";
import { withDecidedStore } from "./database.ts";
import { scenarioAssumptions, scenarioOption } from "./scenarios.ts";
import { formatOption, print, type TableOptions } from "./tables.ts";

interface ForecastOptions extends Pick<TableOptions, "data" | "by" | "district" | "trade" | "unit" | "format"> {
  readonly from?: number;
  readonly to?: number;
  readonly origin?: number;
  readonly level?: TargetLevel;
  readonly scenario?: string;
}

export const forecastCommand = (): Command =>
  command("forecast", "预测 · who can, who will and who passes in the coming exam years")
    .addOption(dataOption())
    .option("--from <year>", "首个考评年度 · first exam year", yearArgument)
    .option("--to <year>", "末个考评年度 · last exam year", yearArgument)
    .option("--origin <year>", "以该年名册为起点，视同没有其后数据 · roster year to forecast from", yearArgument)
    .addOption(new Option("--level <level>", "申报等级 · target level").choices(targetLevels))
    .option("--by <list>", "分组 · district,trade,unit,level in any order", "")
    .option("--district <code>", "地区代码 · district code, with everything below it")
    .option("--trade <name>", "工种 · trade")
    .option("--unit <code>", "单位 · unit")
    .addOption(scenarioOption())
    .addOption(formatOption())
    .action(async ({ data, format, scenario, ...options }: ForecastOptions) => {
      const by = parseBy(options.by);
      const library = await loadLibrary();
      await withDecidedStore({ ...(data === undefined ? {} : { data }) }, library, (store) =>
        store.read(
          async (c) => {
            const assumptions =
              scenario === undefined ? undefined : await scenarioAssumptions(c, library, scenario, options.origin);
            const answer = await forecastAnswer(c, library, { ...options, by, scope: fullScope, assumptions });
            for (const { text } of answer.basis) tell(text);
            await print(c, await forecastStatement(c, answer), format);
          },
          { timeoutMs: forecastTimeoutMs },
        ),
      );
    });
