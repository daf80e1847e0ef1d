/** `quality`: the data quality of the rosters by district and unit; with `--findings` what was found. */
import { type Command, Option } from "commander";
import { fullScope } from "../access/scope.ts";
import { loadLibrary } from "../library.ts";
import { findingCodes } from "../rosters/finding-codes.ts";
import { findingsTable, qualityTable } from "../rosters/quality.ts";
import { parseBy } from "../tables.ts";
import { command, dataOption, yearArgument } from "./command.ts";
import { withDecidedStore } from "./database.ts";
import { formatOption, print, type TableOptions } from "./tables.ts";

type Options = Pick<TableOptions, "data" | "by" | "district" | "unit" | "format"> & {
  readonly year?: number;
  readonly findings?: boolean;
  readonly code?: string;
  readonly severity?: "error" | "warning";
};

export const qualityCommand = (): Command =>
  command("quality", "数据质量：各地区、单位的得分与存疑数据 · data quality: scores and findings")
    .addOption(dataOption())
    .option("--year <year>", "名册年度，不填则为所有年度 · roster year; without it every one", yearArgument)
    .option("--by <list>", "分组 · district,unit in any order", "")
    .option("--district <code>", "地区代码 · district code, with everything below it")
    .option("--unit <code>", "单位 · unit")
    .option("--findings", "列出存疑数据 · list what was found")
    .addOption(
      new Option("--code <code>", "存疑类别 · only this finding").choices(findingCodes.map(({ code }) => code)),
    )
    .addOption(new Option("--severity <severity>", "轻重 · only this severity").choices(["error", "warning"]))
    .addOption(formatOption())
    .action(async (options: Options) => {
      const { year, district, unit, code, severity, format } = options;
      const by = parseBy(options.by);
      const list = options.findings === true || code !== undefined || severity !== undefined;
      await withDecidedStore(options, await loadLibrary(), (store) =>
        store.read(async (c) => {
          const asked = { year, district, unit, scope: fullScope };
          const table = list ? findingsTable(c, { ...asked, code, severity }) : qualityTable(c, { ...asked, by });
          await print(c, await table, format);
        }),
      );
    });
