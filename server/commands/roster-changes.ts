/** `roster-changes`: two roster years beside each other; with `--kind` the people behind a count. */
import { type Command, Option } from "commander";
import { fullScope } from "../access/scope.ts";
import { changeColumns } from "../rosters/change-kinds.ts";
import { changedPeople, changesTable } from "../rosters/compare.ts";
import { parseBy } from "../tables.ts";
import { command, countArgument, dataOption, write, yearArgument } from "./command.ts";
import { withStore } from "./database.ts";
import { formatOption, print, type TableOptions } from "./tables.ts";

type Options = Pick<TableOptions, "data" | "by" | "district" | "unit" | "format"> & {
  readonly from: number;
  readonly to: number;
  readonly kind?: string;
  readonly limit: number;
};

export const rosterChangesCommand = (): Command =>
  command("roster-changes", "名册比较：新增、离开、退休、晋级、调动、存疑 · two roster years beside each other")
    .addOption(dataOption())
    .requiredOption("--from <year>", "前一名册年度 · the earlier roster year", yearArgument)
    .requiredOption("--to <year>", "后一名册年度 · the later roster year", yearArgument)
    .option("--by <list>", "分组 · district,unit in any order", "")
    .option("--district <code>", "地区代码 · district code, with everything below it")
    .option("--unit <code>", "单位 · unit")
    .addOption(
      new Option("--kind <kind>", "列出该类人员 · the people behind this count, as JSON").choices(changeColumns),
    )
    .option("--limit <n>", "至多列出人数 · at most so many people", countArgument(1_000_000), 1_000_000)
    .addOption(formatOption())
    .action(async (options: Options) => {
      const { from, to, district, unit, kind, limit, format } = options;
      const by = parseBy(options.by);
      const asked = { from, to, district, unit, scope: fullScope };
      await withStore(options, { create: false }, (store) =>
        store.read(async (c) => {
          if (kind === undefined) return print(c, await changesTable(c, { ...asked, by }), format);
          const { rows } = await changedPeople(c, { ...asked, kind, limit, offset: 0 });
          await write(`${JSON.stringify(rows)}\n`);
        }),
      );
    });
