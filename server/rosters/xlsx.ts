/** An .xlsx workbook → its worksheets with their rows, merged cells filled. */
import { badInput } from "../errors.ts";
import { maskIdentities } from "./identity.ts";
import { MergeFiller } from "./merged.ts";
import type { SourceRow, SourceSheet, SourceWarning } from "./read.ts";
import type { RosterFile } from "./read-file.ts";
import { type SharedParts, sheetRows } from "./xlsx-rows.ts";
import { type SheetSurvey, surveySheet } from "./xlsx-survey.ts";
import {
  hasExternalLinks,
  hasMacros,
  readSharedStrings,
  readStyles,
  readWorkbook,
  type WorkbookSheet,
} from "./xlsx-workbook.ts";
import { readDirectory } from "./zip.ts";

class XlsxSheet implements SourceSheet {
  readonly name: string;
  readonly hidden: boolean;
  #survey: Promise<SheetSurvey> | undefined;

  constructor(
    private readonly file: RosterFile,
    private readonly sheet: WorkbookSheet,
    private readonly shared: SharedParts,
  ) {
    this.name = sheet.name;
    this.hidden = sheet.hidden;
  }

  async about() {
    const { rows, hiddenColumns } = await this.#surveyed();
    return { rows, hiddenColumns };
  }

  async *rows(): AsyncGenerator<SourceRow[]> {
    const { merges } = await this.#surveyed();
    const filler = new MergeFiller(merges);
    for await (const rows of sheetRows(this.file, this.sheet, this.shared)) yield rows.map((row) => filler.fill(row));
  }

  #surveyed(): Promise<SheetSurvey> {
    this.#survey ??= surveySheet(this.file, this.sheet.entry);
    return this.#survey;
  }
}

const macros: SourceWarning = {
  code: "macros-ignored",
  message: {
    zh: "文件含有宏：宏没有运行，只读取了单元格的内容",
    en: "the workbook has macros: they were not run, only the cells were read",
  },
};

const links: SourceWarning = {
  code: "links-ignored",
  message: {
    zh: "文件链接了其他工作簿：链接没有打开，有关单元格按文件中保存的结果读取",
    en: "the workbook links to others: they were not opened, the results kept in the file were read",
  },
};

/** @throws AppError (bad-input, too-large) for a damaged file, a bomb, or a zip file that is no workbook. */
export async function openXlsx(file: RosterFile): Promise<{ sheets: SourceSheet[]; warnings: SourceWarning[] }> {
  const entries = await readDirectory(file);
  const index = await readWorkbook(file, entries);
  if (index.sheets.length === 0) {
    throw badInput("工作簿里没有工作表", "the workbook has no worksheet", { reason: "empty-file" });
  }
  const shared: SharedParts = {
    strings: await readSharedStrings(file, index.strings),
    styles: await readStyles(file, index.styles),
    from1904: index.from1904,
  };
  return {
    // The name goes into reports, lists and the database.
    sheets: index.sheets.map((sheet) => new XlsxSheet(file, { ...sheet, name: maskIdentities(sheet.name) }, shared)),
    warnings: [...(hasMacros(entries) ? [macros] : []), ...(hasExternalLinks(entries) ? [links] : [])],
  };
}
