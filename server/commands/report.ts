/** `report`: an Excel report into a file. */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { fullScope } from "../access/scope.ts";
import { badInput } from "../errors.ts";
import { loadLibrary } from "../library.ts";
import { findReport } from "../reports/index.ts";
import { command, dataOption, tell, yearArgument } from "./command.ts";
import { withDecidedStore } from "./database.ts";

interface ReportOptions {
  readonly data?: string;
  readonly year: number;
  readonly district?: string;
  readonly trade?: string;
  readonly unit?: string;
  readonly out: string;
}

export const reportCommand = (): Command =>
  command("report", "Excel 报表 · write an Excel report")
    .argument("<name>", "报表：quota-use · name of the report")
    .addOption(dataOption())
    .requiredOption("--year <year>", "考评年度 · exam year", yearArgument)
    .option("--district <code>", "地区代码 · district code, with everything below it")
    .option("--trade <name>", "工种 · trade")
    .option("--unit <code>", "单位 · unit")
    .requiredOption("--out <file>", "输出文件 · file to write (.xlsx)")
    .action(async (name: string, options: ReportOptions) => {
      const report = findReport(name);
      if (!/\.xlsx$/i.test(options.out)) {
        throw badInput(
          `输出文件应为 .xlsx，而不是 ${options.out}`,
          `--out must name an .xlsx file, not ${options.out}`,
          {
            property: "out",
            value: options.out,
          },
        );
      }
      const { year, district, trade, unit } = options;
      const library = await loadLibrary();
      const workbook = await withDecidedStore(options, library, (store) =>
        store.read((c) => report.build(c, library, { year, district, trade, unit, scope: fullScope })),
      );
      const file = resolve(options.out);
      try {
        await writeFile(file, workbook);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw badInput(`无法写入 ${file}：${reason}`, `cannot write ${file}: ${reason}`, {
          property: "out",
          value: file,
        });
      }
      tell({ zh: `已写入 ${file}`, en: `written to ${file}` });
    });
