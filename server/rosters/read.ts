/** A roster file → rows of text cells. What the file is, is decided by its content, never by its name. */
import { extname } from "node:path";
import type { Message } from "../errors.ts";
import { badInput } from "../errors.ts";
import { openCsv } from "./csv.ts";
import type { Matcher } from "./match.ts";
import { openParquet } from "./parquet.ts";
import { RosterFile } from "./read-file.ts";
import { refuseOtherFormats, TextLook } from "./read-format.ts";
import { openXlsx } from "./xlsx.ts";

/** Something about a cell that its text does not say. */
export interface CellNote {
  readonly index: number;
  /**
   * uncalculated: a formula without a result; external: its result was taken from another workbook; imprecise: a number too long for
   * a spreadsheet to keep, whose last digits are lost.
   */
  readonly what: "uncalculated" | "external" | "imprecise";
  /** The formula, or the number as stored. */
  readonly text: string;
}

/** One row of the file. `row` counts as spreadsheets do, from 1; cells beyond the last filled one are left out. */
export interface SourceRow {
  /** Worksheet; null for text tables. */
  readonly sheet: string | null;
  readonly row: number;
  readonly cells: readonly string[];
  /** Positions of cells whose text stands in a merged cell above or to the left. */
  readonly filled?: readonly number[];
  /** Those of `filled` that have it from the left. */
  readonly across?: readonly number[];
  /** Hidden, most often by a filter. */
  readonly hidden?: boolean;
  readonly notes?: readonly CellNote[];
  /** The workbook counts days from 1904, so a bare number in a date column does as well. */
  readonly from1904?: boolean;
}

export interface SourceSheet {
  /** Null for text tables. */
  readonly name: string | null;
  readonly hidden: boolean;
  /** `rows`: how many the file seems to hold, headings and blank rows included. Hidden columns are counted from 0. */
  about(): Promise<{ readonly rows: number; readonly hiddenColumns: readonly number[] }>;
  /** From the first row on, every time, as many at once as come together; reading may stop early. */
  rows(): AsyncGenerator<readonly SourceRow[]>;
}

/** A warning about the file as a whole. */
export interface SourceWarning {
  readonly code: string;
  readonly message: Message;
}

export interface Source {
  readonly format: "xlsx" | "csv" | "parquet";
  readonly sha256: string;
  /** In the order of the tabs, hidden ones included; one without a name for text tables. */
  readonly sheets: readonly SourceSheet[];
  readonly warnings: readonly SourceWarning[];
  /** Gives the file back; the rows cannot be read any more. */
  close(): Promise<void>;
}

/** Without another limit: 100 MB, as for uploads. */
export const defaultLimitBytes = 100 * 1024 * 1024;

const extensions: Readonly<Record<Source["format"], readonly string[]>> = {
  xlsx: [".xlsx", ".xlsm", ".xltx", ".xltm"],
  csv: [".csv", ".txt", ".tsv"],
  parquet: [".parquet"],
};

/** Says when the name promises another format than the content has. */
export function nameDiffers(fileName: string, format: Source["format"]): boolean {
  const extension = extname(fileName).toLowerCase();
  const known = [...Object.values(extensions).flat(), ".xls", ".et", ".ods"];
  return known.includes(extension) && !extensions[format].includes(extension);
}

async function openSheets(file: RosterFile, match: Matcher): Promise<Omit<Source, "close"> & Partial<Source>> {
  if (file.size === 0) throw badInput("文件是空的", "the file is empty", { reason: "empty-file" });
  // Enough to tell formats apart.
  const start = await file.read(0, 65_536);
  const signature = start.toString("latin1", 0, 4);
  if (signature === "PK\u0003\u0004") {
    return { format: "xlsx", sha256: await file.sha256(), ...(await openXlsx(file)) };
  }
  if (signature === "PAR1") {
    const sha256 = await file.sha256();
    const { sheet, close } = openParquet(file);
    return { format: "parquet", sha256, sheets: [sheet], warnings: [], close };
  }
  refuseOtherFormats(start);
  const look = new TextLook(start);
  const sha256 = await file.sha256((piece) => look.see(piece));
  const sheet = await openCsv(file, look.encoding, look.lines, match);
  return { format: "csv", sha256, sheets: [sheet], warnings: [] };
}

/**
 * Opens a roster file. Throws AppError: too-large before anything is read, bad-input for an empty file or one that is no roster;
 * the rows throw bad-input where the content turns out to be damaged. The caller closes the source.
 */
export async function readRoster(path: string, match: Matcher, limitBytes = defaultLimitBytes): Promise<Source> {
  const file = await RosterFile.open(path, limitBytes);
  try {
    const opened = await openSheets(file, match);
    const close = async () => {
      await opened.close?.();
      await file.close();
    };
    return { ...opened, close };
  } catch (error) {
    await file.close();
    throw error;
  }
}
