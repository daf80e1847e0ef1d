/** An imported file with its problems marked in it, as a workbook to correct and send in again. */
import { open } from "node:fs/promises";
import { HeadingMapping } from "./mappings.ts";
import { markedTable } from "./marked-table.ts";
import { markedXlsx } from "./marked-workbook.ts";
import type { KeptProblems } from "./problem-file.ts";
import { inOrder } from "./problem-order.ts";
import { readRoster } from "./read.ts";
import { RosterFile } from "./read-file.ts";
import type { ImportReport } from "./report.ts";
import { peekSheet } from "./sheets-choice.ts";

export interface MarkedInput {
  /** The file that was imported or checked. */
  readonly path: string;
  /** Bytes; larger files are refused. */
  readonly limitBytes: number;
  readonly report: ImportReport;
  readonly found: KeptProblems;
  /** Headings matched by hand, as with the import. */
  readonly mapping?: Readonly<Record<string, string>> | undefined;
  readonly now?: Date | undefined;
}

/** 人员名册.xlsm → 人员名册-问题标记.xlsx */
export const markedName = (fileName: string): string => `${fileName.replace(/\.[^.]*$/, "")}-问题标记.xlsx`;

async function isZip(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString("latin1") === "PK\u0003\u0004";
  } finally {
    await handle.close();
  }
}

/**
 * The bytes of the workbook, piece by piece; memory is bounded by the problems, not by the file. An .xlsx keeps everything it has but its
 * macros; a text or Parquet table becomes a workbook of its rows. Throws AppError too-large and bad-input, most of them before the
 * first piece.
 */
export async function* markedWorkbook(input: MarkedInput): AsyncGenerator<Buffer> {
  const { path, limitBytes, report, found, mapping = {}, now = new Date() } = input;
  const list = {
    fileName: report.file,
    report,
    problems: inOrder(found.problems),
    notKept: found.notKept,
    now,
    remarks: found.problems.some(({ code }) => code === "macros-ignored") ? ["原文件中的宏没有保留"] : [],
  };
  if (await isZip(path)) {
    const file = await RosterFile.open(path, limitBytes);
    try {
      yield* markedXlsx(file, list);
    } finally {
      await file.close();
    }
    return;
  }
  const { match } = new HeadingMapping(report.kind, mapping);
  const source = await readRoster(path, match, limitBytes);
  try {
    const [sheet] = source.sheets;
    if (!sheet) return;
    const { found: heading, first } = await peekSheet(sheet, { kind: report.kind, match, yearGiven: true });
    const remarks = [`由${source.format === "csv" ? "文本" : "Parquet "}表格生成，单元格均为文本`];
    yield* markedTable(sheet, { ...list, remarks, heading: heading?.rows.at(-1)?.row, first });
  } finally {
    await source.close();
  }
}
