/** `eligibility`, `quota` and `pass-rates`, and what all tables share: the tables of the API on standard output. */
import { type Command, Option } from "commander";
import { fullScope } from "../access/scope.ts";
import { toCsv } from "../api/csv.ts";
import { badInput } from "../errors.ts";
import { loadLibrary, type RulebookLibrary } from "../library.ts";
import { type TargetLevel, targetLevels } from "../rules/facts.ts";
import type { Connection } from "../store/index.ts";
import {
  type BottleneckKind,
  eligibilityTable,
  type Pool,
  parseBy,
  passRatesTable,
  quotaTable,
  type Statement,
  type TableRequest,
} from "../tables.ts";
import { command, dataOption, write, yearArgument } from "./command.ts";
import { withDecidedStore } from "./database.ts";

export interface TableOptions {
  readonly data?: string;
  readonly year: number;
  readonly level?: TargetLevel;
  readonly by: string;
  readonly district?: string;
  readonly trade?: string;
  readonly unit?: string;
  readonly format: "json" | "csv" | "arrow";
  /** Of tables that take them. */
  readonly rulebook?: string;
  readonly of?: BottleneckKind;
  readonly pool?: Pool;
}

/** What a table is asked for on the command line. */
interface Asked extends TableRequest {
  readonly rulebook: string | undefined;
  readonly of: BottleneckKind | undefined;
  readonly pool: Pool | undefined;
}

export const formatOption = () =>
  new Option("--format <format>", "格式 · output format").choices(["json", "csv", "arrow"]).default("json");

/** The command with what tables have in common added: for whom, in which groups, in which format. */
export const withTableOptions = (command: Command): Command =>
  command
    .addOption(new Option("--level <level>", "申报等级 · target level").choices(targetLevels))
    .option("--by <list>", "分组 · district,trade,unit,level in any order", "")
    .option("--district <code>", "地区代码 · district code, with everything below it")
    .option("--trade <name>", "工种 · trade")
    .option("--unit <code>", "单位 · unit")
    .addOption(formatOption());

export function tableCommand(
  name: string,
  summary: string,
  ask: (c: Connection, request: Asked, library: RulebookLibrary) => Promise<Statement>,
  lease: { readonly timeoutMs?: number } = {},
): Command {
  const asking = command(name, summary)
    .addOption(dataOption())
    .requiredOption("--year <year>", "考评年度 · exam year", yearArgument);
  return withTableOptions(asking).action(async (options: TableOptions) => {
    const { year, level, district, trade, unit, rulebook, of, pool } = options;
    const by = parseBy(options.by);
    const library = await loadLibrary();
    await withDecidedStore(options, library, (store) =>
      store.read(async (c) => {
        const asked = { year, level, district, trade, unit, by, rulebook, of, pool, scope: fullScope };
        const statement = await ask(c, asked, library);
        await print(c, statement, options.format);
      }, lease),
    );
  });
}

/** Writes a table to standard output. */
export async function print(
  c: Connection,
  { sql, params, columns }: Statement,
  format: TableOptions["format"],
): Promise<void> {
  if (format === "arrow") {
    if (process.stdout.isTTY) {
      throw badInput("Arrow 为二进制，请重定向到文件", "Arrow is binary: redirect it to a file", {
        property: "format",
      });
    }
    for await (const chunk of c.arrow(sql, params)) await write(chunk);
    return;
  }
  const rows = await c.rows(sql, params);
  await write(format === "csv" ? toCsv(columns, rows) : `${JSON.stringify(rows)}\n`);
}

export const eligibilityCommand = () =>
  tableCommand("eligibility", "资格统计 · counts of workers who could come forward", eligibilityTable);

export const quotaCommand = () => tableCommand("quota", "申报指标 · places of a level and their use", quotaTable);

export const passRatesCommand = () =>
  tableCommand("pass-rates", "合格率 · who was examined and passed, against what would be expected", passRatesTable);
