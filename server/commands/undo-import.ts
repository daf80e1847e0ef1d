/** `undo-import`: takes the newest import of a kind back. `imports`: what was imported and undone. */
import { type Command, Option } from "commander";
import { fullScope } from "../access/scope.ts";
import { loadLibrary } from "../library.ts";
import { type ImportEntry, listImports, type RosterKind, undoImport } from "../rosters/index.ts";
import { command, dataOption, write } from "./command.ts";
import { withStore } from "./database.ts";

interface Options {
  readonly data?: string;
  readonly json?: boolean;
}

export const undoImportCommand = (): Command =>
  command("undo-import", "撤销最近一次导入 · take the newest import of a kind back")
    .addOption(dataOption())
    .addOption(
      new Option("--kind <kind>", "名册种类 · which kind of roster")
        .choices(["workers", "applications"])
        .makeOptionMandatory(),
    )
    .option("--json", "JSON 输出 · print JSON")
    .action(async ({ kind, json, ...options }: Options & { readonly kind: RosterKind }) => {
      const library = await loadLibrary();
      const done = await withStore(options, { create: false }, (store) =>
        undoImport(store, library, kind, { who: "命令行" }),
      );
      if (json) return write(`${JSON.stringify(done)}\n`);
      const { undoes, file, rowsRemoved, rowsRestored, version } = done;
      await write(
        `已撤销第 ${undoes} 号导入 ${file}：删去 ${rowsRemoved} 行，恢复 ${rowsRestored} 行，数据版本 ${version}` +
          ` · import ${undoes} undone: ${rowsRemoved} rows removed, ${rowsRestored} restored, data version ${version}\n`,
      );
    });

export const importsCommand = (): Command =>
  command("imports", "导入记录 · what was imported and undone")
    .addOption(dataOption())
    .option("--json", "JSON 输出 · print JSON")
    .action(async ({ json, ...options }: Options) => {
      const list = await withStore(options, { create: false }, (store) => store.read((c) => listImports(c, fullScope)));
      await write(json ? `${JSON.stringify(list)}\n` : list.map(line).join(""));
    });

function line({ id, action, kind, file, who, importedAt, version, undoes, undoneBy, report }: ImportEntry): string {
  const what =
    action === "undo"
      ? `撤销 undo ${undoes}: -${report.rowsRemoved} ~${report.rowsRestored}`
      : `导入 import: +${report.rowsLoaded} ~${report.rowsUpdated} =${report.rowsUnchanged} !${report.rowsRejected}`;
  const gone = undoneBy === null ? "" : `（已撤销 undone by ${undoneBy}）`;
  return `${[id, importedAt, who, kind, file, `v${version}`, what + gone].join("\t")}\n`;
}
