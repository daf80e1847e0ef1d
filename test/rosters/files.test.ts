import { open } from "node:fs/promises";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import { templateWorkbook } from "../../server/rosters/index.ts";
import { exampleTables, toXlsx } from "../fixtures/make-rosters.ts";
import { codes, ground, roster } from "./ground.ts";
import { workbook, zip } from "./zip-writer.ts";

const good = roster(["2022,A1,江都,甲"]);

const heading = ["年度", "人员编号", "地区", "单位名称"];
const rowOf = (cells: readonly string[]) =>
  `<row>${cells.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join("")}</row>`;
const sheetOf = (...rows: string[][]) =>
  `<worksheet><sheetData>${[heading, ...rows].map(rowOf).join("")}</sheetData></worksheet>`;

/** The first entry of the directory claims to be encrypted. */
function encrypted(file: Buffer): Buffer {
  const at = file.indexOf(Buffer.from("504b0102", "hex"));
  file.writeUInt16LE(1, at + 8);
  return file;
}

/** A directory in which every entry points to the same bytes. */
function overlapping(count: number): Buffer {
  const file = zip(
    Array.from({ length: count }, (_, index) => ({
      name: `${index}`.padStart(4, "0"),
      content: `${index}`.padStart(900, "x"),
    })),
  );
  for (let at = file.indexOf("PK\u0001\u0002"); at >= 0; at = file.indexOf("PK\u0001\u0002", at + 4)) {
    file.writeUInt32LE(0, at + 42);
    file.writeUInt32LE(file.length - 60, at + 20);
  }
  return file;
}

describe("files that are no roster are refused with a sentence, and nothing is written", () => {
  const cases: readonly (readonly [string, () => string | Uint8Array | Promise<Uint8Array>, string, string])[] = [
    ["an empty file", () => "", "bad-input", "empty-file"],
    ["only empty lines", () => "\n\n,,,\n", "bad-input", "empty-file"],
    ["no heading", () => "甲,乙,丙\n1,2,3\n", "bad-input", "no-heading"],
    ["a heading without rows", () => roster([]), "bad-input", "no-rows"],
    ["a heading without required columns", () => "年度,姓名,性别\n2022,a,男\n", "bad-input", "columns-missing"],
    ["an old Excel file", () => Buffer.from("d0cf11e0a1b11ae10000", "hex"), "bad-input", "old-excel"],
    ["a damaged Parquet file", () => "PAR1xxxxPAR1", "bad-input", "parquet-damaged"],
    ["a PDF", () => "%PDF-1.7\n", "bad-input", "not-a-roster"],
    ["a web page", () => "<html><table><tr><td>年度</td></tr></table></html>", "bad-input", "not-a-roster"],
    ["random bytes", () => Buffer.from([1, 2, 0, 3, 0, 4]), "bad-input", "not-a-roster"],
    ["bytes of no encoding", () => Buffer.from([0x41, 0xff, 0xff, 0x2c, 0xff]), "bad-input", "encoding"],
    ["an open quote", () => `${good}\n2022,"A2,江都,甲\n`, "bad-input", "csv-malformed"],
    ["a zip that is no workbook", () => zip([{ name: "a.bin", content: "x" }]), "bad-input", "not-a-workbook"],
    ["a roster packed once more", () => zip([{ name: "名册/a.xlsx", content: "x" }]), "bad-input", "packed"],
    ["a zip signature alone", () => "PK\u0003\u0004", "bad-input", "zip-damaged"],
    [
      "a truncated workbook",
      async () => (await toXlsx(exampleTables().workers)).subarray(0, 9_000),
      "bad-input",
      "zip-damaged",
    ],
    ["broken XML", () => zip(workbook("<worksheet><sheetData><row><c></worksheet>")), "bad-input", "xlsx-malformed"],
    [
      "a document type declaration",
      () => zip(workbook('<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>')),
      "bad-input",
      "xlsx-malformed",
    ],
    [
      "a shared string that is not there",
      () => zip(workbook('<worksheet><sheetData><row><c t="s"><v>5</v></c></row></sheetData></worksheet>')),
      "bad-input",
      "xlsx-malformed",
    ],
    ["a bomb", () => zip(workbook(" ".repeat(20_000_000))), "too-large", "zip-bomb"],
    [
      "a bomb that lies about its size",
      () => zip(workbook("", [{ name: "xl/sharedStrings.xml", content: " ".repeat(5_000_000), claimedSize: 1_000 }])),
      "too-large",
      "zip-bomb",
    ],
    [
      "a wrong checksum",
      () =>
        zip(
          workbook(sheetOf(["2022", "A1", "江都", "甲"])).map((part) =>
            part.name.includes("worksheets") ? { ...part, claimedCrc: 1 } : part,
          ),
        ),
      "bad-input",
      "zip-damaged",
    ],
    [
      "an OpenDocument table",
      () =>
        zip([
          { name: "mimetype", content: "application/vnd.oasis" },
          { name: "content.xml", content: "<a/>" },
        ]),
      "bad-input",
      "opendocument",
    ],
    ["a binary workbook", () => zip([{ name: "xl/workbook.bin", content: "x" }]), "bad-input", "xlsb"],
    ["a Numbers table", () => zip([{ name: "Index/Document.iwa", content: "x" }]), "bad-input", "numbers"],
    ["a Word file", () => zip([{ name: "word/document.xml", content: "<a/>" }]), "bad-input", "not-a-workbook"],
    ["an encrypted zip file", () => encrypted(zip(workbook(""))), "bad-input", "encrypted"],
    [
      "a workbook with a password",
      () =>
        Buffer.concat([
          Buffer.from("d0cf11e0a1b11ae1", "hex"),
          Buffer.alloc(600),
          Buffer.from("EncryptedPackage", "utf16le"),
        ]),
      "bad-input",
      "encrypted",
    ],
    ["entries that share their bytes", () => overlapping(500), "too-large", "zip-bomb"],
    [
      "two entries of one name",
      () => zip([...workbook(""), { name: "xl/workbook.xml", content: "<a/>" }]),
      "bad-input",
      "zip-damaged",
    ],
    [
      "a row beyond the last",
      () => zip(workbook('<worksheet><sheetData><row r="9999999"/></sheetData></worksheet>')),
      "bad-input",
      "xlsx-malformed",
    ],
    [
      "a bomb of many files",
      () => zip(Array.from({ length: 3_000 }, (_, index) => ({ name: `${index}`, content: "" }))),
      "too-large",
      "zip-bomb",
    ],
  ];

  it.each(cases)("%s", async (_, content, code, reason) => {
    const { loadContent, rows } = await ground();
    await expect(loadContent(await content())).rejects.toMatchObject({
      code,
      details: { reason },
      text: { zh: expect.stringMatching(/[\u4e00-\u9fff]/), en: expect.any(String) },
    });
    expect(await rows("workers")).toEqual([]);
  });

  it("a file of 200 MB, before it is read", async () => {
    const { folder, load } = await ground();
    const path = join(folder, "big.csv");
    const file = await open(path, "w");
    await file.truncate(200 * 1024 * 1024);
    await file.close();
    const started = Date.now();
    await expect(load(path)).rejects.toMatchObject({ code: "too-large", status: 413 });
    expect(Date.now() - started).toBeLessThan(2_000);
  });
});

describe("limits and choices", () => {
  it("of rows are named", async () => {
    const { loadContent, rows } = await ground();
    const file = roster(["2022,A1,江都,甲", "2022,A2,江都,甲", "2022,A3,江都,甲"]);
    await expect(loadContent(file, { limitRows: 2 })).rejects.toMatchObject({
      code: "too-large",
      details: { reason: "too-many-rows", limitRows: 2 },
      text: { zh: expect.stringContaining("2 行") },
    });
    expect(await rows("workers")).toEqual([]);
    expect(await loadContent(file, { limitRows: 3 })).toMatchObject({ rowsLoaded: 3 });
  });

  it("of a sheet that is not there lists those that are", async () => {
    const { loadContent } = await ground();
    const file = zip(workbook(sheetOf(["2022", "A1", "江都", "甲"])));
    await expect(loadContent(file, { sheet: "人员" })).rejects.toMatchObject({
      code: "bad-input",
      details: { reason: "sheet-unknown", sheets: ["名册"] },
      text: { zh: expect.stringContaining("名册") },
    });
    await expect(loadContent(good, { sheet: "人员" })).rejects.toMatchObject({ details: { reason: "sheet-unknown" } });
    expect(await loadContent(file, { sheet: "名册", fileName: "a.xlsx" })).toMatchObject({ rowsLoaded: 1 });
  });

  it("sizes of 64 bits, as some programs write them, are read", async () => {
    const { loadContent } = await ground();
    const file = inLongForm(zip(workbook(sheetOf(["2022", "A1", "江都", "甲"]))));
    expect(await loadContent(file, { fileName: "a.xlsx" })).toMatchObject({ rowsLoaded: 1, warnings: 0 });
  });
});

/** The sizes of every entry moved to an extra field, the directory found by the long record. */
function inLongForm(file: Buffer): Buffer {
  const end = file.lastIndexOf("PK\u0005\u0006");
  const start = file.readUInt32LE(end + 16);
  const pieces: Buffer[] = [];
  for (let at = start; at < end; ) {
    const nameEnd = at + 46 + file.readUInt16LE(at + 28);
    const entry = Buffer.from(file.subarray(at, nameEnd));
    const extra = Buffer.alloc(28);
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(24, 2);
    extra.writeBigUInt64LE(BigInt(entry.readUInt32LE(24)), 4);
    extra.writeBigUInt64LE(BigInt(entry.readUInt32LE(20)), 12);
    extra.writeBigUInt64LE(BigInt(entry.readUInt32LE(42)), 20);
    for (const field of [20, 24, 42]) entry.writeUInt32LE(0xffffffff, field);
    entry.writeUInt16LE(28, 30);
    pieces.push(entry, extra);
    at = nameEnd;
  }
  const directory = Buffer.concat(pieces);
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(BigInt(file.readUInt16LE(end + 10)), 32);
  record.writeBigUInt64LE(BigInt(directory.length), 40);
  record.writeBigUInt64LE(BigInt(start), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(start + directory.length), 8);
  const last = Buffer.from(file.subarray(end));
  last.writeUInt16LE(0xffff, 10);
  last.writeUInt32LE(0xffffffff, 16);
  return Buffer.concat([file.subarray(0, start), directory, record, locator, last]);
}

describe("the content decides, not the name", () => {
  it("reads a text table called .xlsx and a workbook called .csv, and says so", async () => {
    const { loadContent } = await ground();
    expect(codes(await loadContent(good, { fileName: "a.xlsx" }))).toEqual(["file-type"]);
    const report = await loadContent(await toXlsx(exampleTables().workers), { fileName: "a.csv" });
    expect(report.rowsLoaded).toBe(60);
    expect(codes(report)).toContain("file-type");
  });
});

describe("workbooks of other programs", () => {
  const heading = ["年度", "人员编号", "地区", "单位名称", "出生日期", "取得现等级时间", "聘任时间"];
  const inline = (text: string) => `<x:c t="inlineStr"><x:is><x:t>${text}</x:t></x:is></x:c>`;
  const styles = {
    name: "xl/styles.xml",
    content: `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="2"/><xf numFmtId="170"/></cellXfs></styleSheet>`,
  };
  const sheet = (cells: string) =>
    `<?xml version="1.0"?><!-- c --><x:worksheet xmlns:x="urn:m"><x:sheetData><x:row>${heading.map(inline).join("")}</x:row>
     <x:row r="5"><x:c><x:v>2022</x:v></x:c>${inline("A<![CDATA[1]]>")}<x:c t="s"><x:v>0</x:v></x:c><x:c t="str"><x:v>甲_x000D_&amp;乙</x:v></x:c>${cells}</x:row></x:sheetData></x:worksheet>`;
  const strings = {
    name: "xl/sharedStrings.xml",
    content: `<sst><si><r><t>江</t></r><r><t>都</t></r><rPh><t>hint</t></rPh></si></sst>`,
  };

  it("may leave out cell references, use prefixes, inline and rich text, and dates by style", async () => {
    const { loadContent, rows } = await ground();
    const cells =
      '<x:c s="1"><x:v>31229</x:v></x:c><x:c s="2"><x:v>1985.1</x:v></x:c><x:c s="3"><x:v>36526</x:v></x:c>';
    const report = await loadContent(zip(workbook(sheet(cells), [styles, strings])), { fileName: "a.xlsx" });
    expect(codes(report)).toEqual([]);
    expect((await rows("workers"))[0]).toMatchObject({
      workerId: "A1",
      district: "321012",
      unit: "甲 &乙",
      birthDateFrom: "1985-07-01",
      levelObtainedOnFrom: "1985-10-01",
      levelObtainedOnTo: "1985-10-31",
      appointedOnFrom: "2000-01-01",
      sourceRow: 5,
    });
  });

  it("may count days from 1904", async () => {
    const { loadContent, rows } = await ground();
    const file = workbook(
      sheet('<x:c s="1"><x:v>29767</x:v></x:c>'),
      [styles, strings],
      '<x:workbookPr date1904="1"/>',
    );
    await loadContent(zip(file), { fileName: "a.xlsx" });
    expect((await rows("workers"))[0]).toMatchObject({ birthDateFrom: "1985-07-01" });
  });
});

describe("the template", () => {
  it.each(["workers", "applications"] as const)(
    "of %s is understood by the import, its example left out",
    async (kind) => {
      const { loadContent, rows } = await ground();
      const bytes = await templateWorkbook(kind, new Date("2025-03-01T00:00:00Z"));
      await expect(loadContent(bytes, { kind, fileName: "t.xlsx" })).rejects.toMatchObject({
        details: { reason: "no-rows" },
      });
      const filled = new ExcelJS.Workbook();
      await filled.xlsx.load(Buffer.from(bytes).buffer as ArrayBuffer);
      const sheet = filled.worksheets[0];
      if (!sheet) throw new Error("no sheet");
      const example = sheet.getRow(2);
      const copy = sheet.getRow(3);
      example.eachCell((cell, column) => {
        copy.getCell(column).value = cell.value;
      });
      const headings = sheet.getRow(1).values as string[];
      copy.getCell(headings.indexOf("人员编号")).value = "A1";
      const report = await loadContent(new Uint8Array(await filled.xlsx.writeBuffer()), { kind, fileName: "t.xlsx" });
      expect(report.problems).toEqual([]);
      expect(await rows(kind)).toHaveLength(1);
      expect(filled.worksheets.map(({ name }) => name)[1]).toBe("填表说明");
      expect(sheet.getCell("A1").note).toBeTruthy();
      expect(sheet.getColumn(headings.indexOf("人员编号")).numFmt).toBe("@");
    },
  );
});
