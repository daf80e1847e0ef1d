/** `forecast-years`: exam years unlike the others, and what they weigh when the forecast learns. */
import { type Command, InvalidArgumentError } from "commander";
import { badInput } from "../errors.ts";
import { forecastYears, putForecastYear, resetForecastYear } from "../forecast/years.ts";
import { command, dataOption, write, yearArgument } from "./command.ts";
import { withStore } from "./database.ts";

interface Options {
  readonly data?: string;
  readonly year?: number;
  readonly weight?: number;
  readonly reason?: string;
  readonly reset?: boolean;
}

/** Parses `--weight`. */
function weightArgument(text: string): number {
  const value = /^[01](\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError(`权重应为 0…1，最多两位小数 · expected a weight 0…1 in hundredths, not ${text}`);
}

export const forecastYearsCommand = (): Command =>
  command("forecast-years", "考评年度的权重 · what exam years weigh when the forecast learns")
    .addOption(dataOption())
    .option("--year <year>", "考评年度 · exam year to change", yearArgument)
    .option("--weight <share>", "权重 0…1，0 为不计 · 0: the year is not looked at", weightArgument)
    .option("--reason <text>", "原因 · why")
    .option("--reset", "恢复为正常年度 · the year is like any other again")
    .action(async ({ data, year, weight, reason, reset = false }: Options) => {
      const editor = { who: "命令行" };
      const changes = weight !== undefined || reason !== undefined;
      if ((changes || reset) && year === undefined)
        throw badInput("请用 --year 指明考评年度", "say which exam year with --year", { property: "year" });
      if (changes === reset && year !== undefined)
        throw badInput("请填 --weight 和 --reason，或填 --reset", "give --weight and --reason, or --reset", {
          property: "weight",
        });
      if (changes && (weight === undefined || !reason?.trim()))
        throw badInput("--weight 和 --reason 须同时填写", "--weight and --reason go together", { property: "reason" });
      await withStore({ ...(data === undefined ? {} : { data }) }, { create: false }, async (store) => {
        if (year !== undefined && reset) await resetForecastYear(store, year, editor);
        else if (year !== undefined && weight !== undefined && reason !== undefined)
          await putForecastYear(store, { examYear: year, weight, reason: reason.trim() }, editor);
        await write(`${JSON.stringify(await store.read(forecastYears), null, 2)}\n`);
      });
    });
