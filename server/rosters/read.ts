/** A roster file → rows of text cells. What the file is, is decided by its content, never by its name. */
import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { open, stat } from "node:fs/promises";
import { extname } from "node:path";
import { AppError, badInput } from "../errors.ts";
import { csvRows, type Encoding } from "./csv.ts";
import type { Matcher } from "./match.ts";
import { xlsxRows } from "./xlsx.ts";

/** One row of the file. `row` counts as spreadsheets do, from 1; cells beyond the last filled one are left out. */
export interface SourceRow {
  /** Worksheet; null for text tables. */
  readonly sheet: string | null;
  readonly row: number;
  readonly cells: readonly string[];
  /** Positions of cells that are numbers too long for a spreadsheet to keep: their last digits are lost. */
  readonly imprecise?: readonly number[];
  /** The workbook counts days from 1904, so a bare number in a date column does as well. */
  readonly from1904?: boolean;
}

export interface Source {
  readonly format: "xlsx" | "csv";
  readonly sha256: string;
  readonly rows: AsyncIterable<SourceRow>;
}

/** Without another limit: 100 MB, as for uploads. */
export const defaultLimitBytes = 100 * 1024 * 1024;

const starts = (file: Buffer, bytes: string | readonly number[]) =>
  file.subarray(0, bytes.length).equals(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : Buffer.from(bytes));

/** Files people take for rosters, by their first bytes, and what to do instead. */
function refuseOtherFormats(file: Buffer): void {
  if (starts(file, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) {
    throw badInput(
      "这是旧版 Excel（.xls）或加了密码的文件：请在 Excel 或 WPS 中打开，取消密码，另存为“Excel 工作簿（*.xlsx）”后再导入",
      "an old Excel file (.xls) or one with a password: open it in Excel or WPS, remove the password and save it as an Excel workbook (*.xlsx)",
      { reason: "old-excel" },
    );
  }
  if (starts(file, "PAR1")) {
    throw badInput(
      "暂不支持 Parquet 文件，请导出为 .xlsx 或 .csv",
      "Parquet files cannot be loaded yet: export the roster as .xlsx or .csv",
      { reason: "parquet" },
    );
  }
  const others: readonly (readonly [string | readonly number[], string])[] = [
    ["%PDF", "PDF"],
    [[0x89, 0x50, 0x4e, 0x47], "PNG"],
    [[0xff, 0xd8, 0xff], "JPEG"],
    [[0x1f, 0x8b], "gzip"],
    ["Rar!", "RAR"],
    [[0x37, 0x7a, 0xbc, 0xaf], "7z"],
    ["{\\rtf", "RTF"],
  ];
  const other = others.find(([magic]) => starts(file, magic))?.[1];
  if (other) {
    throw badInput(
      `这是 ${other} 文件，不是名册：请使用 .xlsx 或 .csv`,
      `a ${other} file, not a roster: use .xlsx or .csv`,
      {
        reason: "not-a-roster",
      },
    );
  }
  if (/^\s*<(!doctype|html|table|\?xml)/i.test(file.toString("latin1", 0, 200).replace(/^\u00ef\u00bb\u00bf/, ""))) {
    throw badInput(
      "这是网页或 XML 文件，不是名册：请用 Excel 打开并另存为 .xlsx",
      "a web page or XML file, not a roster: open it in Excel and save it as .xlsx",
      { reason: "not-a-roster" },
    );
  }
}

function encodingOf(file: Buffer): Encoding {
  if (starts(file, [0xff, 0xfe])) return "utf-16le";
  if (file.subarray(0, 65_536).includes(0)) {
    throw badInput(
      "这不是文本表格，也不是 .xlsx 文件，无法识别其内容",
      "neither a text table nor an .xlsx file: the content is not recognised",
      { reason: "not-a-roster" },
    );
  }
  return isUtf8(file) ? "utf-8" : "gb18030";
}

async function readBounded(path: string, limitBytes: number): Promise<Buffer> {
  const { size } = await stat(path);
  if (size > limitBytes) {
    const [mb, limit] = [Math.ceil(size / 1_048_576), Math.floor(limitBytes / 1_048_576)];
    throw new AppError(
      "too-large",
      { zh: `文件过大：${mb} MB，上限 ${limit} MB`, en: `the file is too large: ${mb} MB, at most ${limit} MB` },
      { bytes: size, limitBytes },
    );
  }
  const handle = await open(path);
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Says when the name promises another format than the content has. */
export function nameDiffers(fileName: string, format: Source["format"]): boolean {
  const extension = extname(fileName).toLowerCase();
  const workbook = [".xlsx", ".xlsm", ".xls", ".et"].includes(extension);
  return format === "xlsx" ? [".csv", ".txt", ".tsv", ".xls", ".parquet"].includes(extension) : workbook;
}

/**
 * Opens a roster file. Throws AppError: too-large before anything is read, bad-input for an empty file or one that is no roster;
 * the rows throw bad-input where the content turns out to be damaged.
 */
export async function readRoster(path: string, match: Matcher, limitBytes = defaultLimitBytes): Promise<Source> {
  const file = await readBounded(path, limitBytes);
  if (file.length === 0) throw badInput("文件是空的", "the file is empty", { reason: "empty-file" });
  const sha256 = createHash("sha256").update(file).digest("hex");
  if (starts(file, [0x50, 0x4b, 0x03, 0x04])) return { format: "xlsx", sha256, rows: xlsxRows(file) };
  refuseOtherFormats(file);
  return { format: "csv", sha256, rows: csvRows(file, encodingOf(file), match) };
}
