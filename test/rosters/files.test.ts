import { open } from "node:fs/promises";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import { templateWorkbook } from "../../server/rosters/index.ts";
import { exampleTables, toXlsx } from "../fixtures/make-rosters.ts";
import { codes, ground, roster } from "./ground.ts";
import { workbook, zip } from "./zip-writer.ts";

const good = roster(["2022,A1,江都,甲"]);

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
