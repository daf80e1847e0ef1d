/** `unit-changes`, `trades`, `trade-aliases`: what units and trades count as, listed. They are edited in the dashboard and over HTTP. */
import { type Command, Option } from "commander";
import { fullScope, scopeParameter } from "../access/scope.ts";
import { namedQuery } from "../store/index.ts";
import { command, dataOption } from "./command.ts";
import { withStore } from "./database.ts";
import { print } from "./tables.ts";

interface Options {
  readonly data?: string;
  readonly format: "json" | "csv";
}

const listCommand = (name: string, summary: string, columns: readonly string[]): Command =>
  command(name, summary)
    .addOption(dataOption())
    .addOption(new Option("--format <format>", "格式 · output format").choices(["json", "csv"]).default("json"))
    .action((options: Options) =>
      withStore(options, { create: false }, (store) =>
        store.read((c) => {
          const params = { scope: scopeParameter(fullScope), ...(name === "unit-changes" ? { id: null } : {}) };
          return print(c, { sql: namedQuery(name), params, columns }, options.format);
        }),
      ),
    );

const edited = ["who", "changedAt"];

export const unitChangesCommand = (): Command =>
  listCommand("unit-changes", "单位更名与合并 · units renamed or merged", [
    ...["id", "district", "districtName", "fromUnit", "toUnit", "since", "kind", "source", "note"],
    ...edited,
    ...["rowsFrom", "rowsTo"],
  ]);

export const tradesCommand = (): Command =>
  listCommand("trades", "工种及是否通用 · trades, and whether they are general", [
    ...["name", "category", "general", "generalAssumed", "source"],
    ...edited,
    "workers",
  ]);

export const tradeAliasesCommand = (): Command =>
  listCommand("trade-aliases", "工种对照 · names that stand for trades", [
    ...["alias", "trade", "since", "source", "confidence"],
    ...edited,
    "rows",
  ]);
