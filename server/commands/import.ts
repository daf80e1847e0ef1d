/** `import`: roster files into the database, each whole or not at all. */
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { type Command, Option } from "commander";
import { z } from "zod";
import { readConfig } from "../config.ts";
import { AppError, badInput } from "../errors.ts";
import { loadLibrary } from "../library.ts";
import { loadReference } from "../reference/load.ts";
import { type ImportOptions, type ImportReport, importRoster, type RosterKind } from "../rosters/index.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import type { Store } from "../store/index.ts";
import { command, dataOption, write, yearArgument } from "./command.ts";
import { withStore } from "./database.ts";
import { checkOutputs, withOutputs } from "./import-outputs.ts";
import { progressLine } from "./progress.ts";

interface CommandOptions {
  readonly data?: string;
  readonly kind: RosterKind;
  readonly year?: number;
  readonly unit?: string;
  readonly district?: string;
  readonly sheet?: string;
  readonly mapping?: string;
  readonly dryRun?: boolean;
  readonly marked?: string;
  readonly units?: string;
  readonly json?: boolean;
}

export const importCommand = (): Command =>
  command("import", "导入名册 · load roster files")
    .argument("<file...>", "名册文件 · roster files (.xlsx, .csv, .parquet)")
    .addOption(dataOption())
    .addOption(
      new Option("--kind <kind>", "名册种类 · what the files are")
        .choices(["workers", "applications"])
        .makeOptionMandatory(),
    )
    .option("--year <year>", "年度，文件中没有年度列时使用 · year, where the file has no column of it", yearArgument)
    .option("--unit <name>", "单位名称，用于没有写单位的行 · unit of rows that name none")
    .option("--district <name>", "地区名称或代码，用于没有写地区的行 · district of rows that name none")
    .option("--sheet <name>", "只读取这个工作表 · the worksheet to read, instead of all that hold the roster")
    .option("--mapping <file>", "列名对照（JSON：文件列名 → 标准列名）· JSON: heading in the file → standard heading")
    .option("--dry-run", "只检查，不写入 · check only")
    .option("--marked <file>", "另存一份标出问题的工作簿 · write the file with its problems marked (.xlsx)")
    .option("--units <folder>", "按单位写出更正清单 · write a list of corrections for each unit into a folder")
    .option("--json", "JSON 输出 · print the report as JSON")
    .action(async (files: string[], options: CommandOptions) => {
      const { kind, year, unit, district, sheet, dryRun } = options;
      const mapping = options.mapping === undefined ? undefined : await readMapping(options.mapping);
      for (const file of files) await checkFile(file);
      await checkOutputs(files, options);
      const library = await loadLibrary();
      const { uploadLimitBytes } = readConfig();
      const reports = await withStore(options, { create: true }, async (store) => {
        await store.transaction(loadReference);
        const done: ImportReport[] = [];
        for (const file of files) {
          const source = { file, limitBytes: uploadLimitBytes, mapping };
          const report = await withOutputs(options, source, (onProblem) =>
            importFile(store, library, file, {
              kind,
              year,
              unit,
              district,
              sheet,
              dryRun,
              mapping,
              onProblem,
              limitBytes: uploadLimitBytes,
            }),
          );
          done.push(report);
          if (!options.json) await write(summary(report));
        }
        return done;
      });
      if (options.json) await write(`${JSON.stringify(reports.length === 1 ? reports[0] : reports)}\n`);
    });

/** Several files may be on their way: every error names its file, and a terminal shows how far the work has come. */
async function importFile(
  store: Store,
  library: RulebookLibrary,
  file: string,
  options: Omit<ImportOptions, "fileName" | "onProgress">,
): Promise<ImportReport> {
  const fileName = basename(file);
  const progress = progressLine(fileName);
  try {
    return await importRoster(store, library, file, { ...options, fileName, onProgress: progress.show });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, text, details } = error;
    const named = { zh: `${fileName}：${text.zh}`, en: `${fileName}: ${text.en}` };
    throw new AppError(code, named, { ...details, file: fileName }, { cause: error });
  } finally {
    progress.clear();
  }
}

/** A misspelt name is told before the first file is loaded. */
async function checkFile(file: string): Promise<void> {
  const info = await stat(file).catch(() => undefined);
  if (!info?.isFile()) throw badInput(`没有文件 ${file}`, `no such file: ${file}`, { property: "file", value: file });
}

async function readMapping(file: string): Promise<Record<string, string>> {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? "expected an object of texts" : String(cause);
    throw badInput(`列名对照 ${file} 无法读取：${reason}`, `cannot read the mapping ${file}: ${reason}`, {
      property: "mapping",
      value: file,
    });
  }
}

const listed = 20;
const mostAddresses = 5;

/** The report for people: counts, then the first problems with their places. */
function summary(report: ImportReport): string {
  const { file, rowsRead, rowsLoaded, rowsUpdated, rowsUnchanged, rowsRejected, problems, unmapped } = report;
  const lines = [
    `${file}: 读取 ${rowsRead}，新增 ${rowsLoaded}，更新 ${rowsUpdated}，未变 ${rowsUnchanged}，拒收 ${rowsRejected}` +
      ` · read ${rowsRead}, loaded ${rowsLoaded}, updated ${rowsUpdated}, unchanged ${rowsUnchanged}, rejected ${rowsRejected}`,
  ];
  for (const problem of problems.slice(0, listed)) {
    const { row, cell, addresses, value, taken, column, message, severity } = problem;
    const place = addresses?.slice(0, mostAddresses).join(" ") ?? cell ?? row;
    const read = value !== null && taken !== undefined ? `“${value}” → “${taken}”` : null;
    const told = [place, column, read].filter((part) => part !== null).join(" ");
    lines.push(`  ${severity} ${told}: ${message.zh} · ${message.en}`);
  }
  if (problems.length > listed)
    lines.push(`  … 另有 ${problems.length - listed} 条 · ${problems.length - listed} more (--json)`);
  for (const [what, names] of Object.entries(unmapped)) {
    if (names.length > 0) lines.push(`  未识别 · not recognised (${what}): ${names.join(", ")}`);
  }
  return `${lines.join("\n")}\n`;
}
