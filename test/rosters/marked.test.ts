import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import { markedName } from "../../server/rosters/marked.ts";
import { problemName } from "../../server/rosters/problem-names.ts";
import { type RosterKind, rejectsRow } from "../../server/rosters/report.ts";
import { fixture, ground, roster, toGbk } from "./ground.ts";
import { cellsOf, listIn, marked, marksIn, noteOf, openWorkbook, partsOf } from "./marked-ground.ts";
import { parquet } from "./parquet-writer.ts";
import { type Part, zip } from "./zip-writer.ts";

const fixtures: readonly (readonly [string, RosterKind])[] = [
  ...[
    "appraisals",
    "dates",
    "dates-1904",
    "districts",
    "headings",
    "identity-numbers",
    "repeats",
    "transfers",
    "words",
  ].map((name) => [`dirt/${name}.xlsx`, "workers"] as const),
  ["dirt/applications.xlsx", "applications"],
  ["workers-2022.xlsx", "workers"],
  ["applications-2022.xlsx", "applications"],
];

/** Parts that may become others, besides new ones. */
const touched =
  /^(\[Content_Types\]\.xml|xl\/(workbook|styles|worksheets\/sheet\d+|comments\d+)\.xml|xl\/(worksheets\/)?_rels\/[\w.]+\.rels|xl\/drawings\/vmlDrawing\d+\.vml)$/;

describe.each(fixtures)("%s", (name, kind) => {
  it("keeps its values and marks the cells of the problems, and no others", async () => {
    const place = await ground();
    const path = fixture(name);
    const { out, found, report } = await marked(place, path, kind);
    const [before, after] = [await partsOf(path), await partsOf(out)];
    for (const [part, { packed }] of before)
      if (!touched.test(part)) expect(after.get(part)?.packed.equals(packed), part).toBe(true);
    const cells = await cellsOf(out, kind);
    const kept = new Map([...cells].filter(([key]) => !/^问题(清单|汇总)!/.test(key)));
    expect(kept).toEqual(await cellsOf(path, kind));
    const workbook = await openWorkbook(out);
    expect(workbook.worksheets.slice(0, 2).map((sheet) => sheet.name)).toEqual(["问题清单", "问题汇总"]);
    // Rows are as high as their texts need: not every program works it out for itself.
    const [list] = workbook.worksheets;
    for (let row = 6; row <= (list?.rowCount ?? 0); row++) {
      const text = String(list?.getCell(row, 7).value ?? "");
      const lines = Math.ceil((text.match(/[\u4e00-\u9fff]/g)?.length ?? 0) / 28);
      expect(list?.getRow(row).height, text).toBeGreaterThanOrEqual(13 * lines);
    }
    for (const sheet of workbook.worksheets.slice(2)) {
      const own = found.problems.filter((problem) => problem.sheet === sheet.name && problem.row !== null);
      const expected = own.flatMap((problem) => {
        const first = `A${problem.row}`;
        return [problem.cell ?? first, ...(rejectsRow(problem) ? [first] : [])];
      });
      const marks = marksIn(workbook, sheet.name);
      expect([...marks.keys()].sort()).toEqual([...new Set(expected)].sort());
      for (const { cell, row, message } of own) {
        const note = marks.get(cell ?? `A${row}`)?.[1] ?? "";
        expect(note).toContain("工考");
        expect(note.replace(/\r/g, "")).toContain(message.zh);
      }
    }
    expect(listIn(workbook)).toHaveLength(Math.max(1, found.problems.length));
    expect(listIn(workbook, "问题汇总", 3)).toHaveLength(report.counts.length);
    for (const { code } of report.counts) expect(problemName(code), code).not.toBe(code);
  });
});

const heading = ["年度", "人员编号", "姓名", "地区", "单位名称", "出生日期"];

/** What clerks do to their workbooks. */
async function richWorkbook(path: string): Promise<void> {
  const workbook = new ExcelJS.Workbook();
  const other = workbook.addWorksheet("说明'甲", { state: "visible" });
  other.getCell("B2").value = "不是名册";
  const sheet = workbook.addWorksheet("名册 'A' & <乙>", {
    pageSetup: { orientation: "landscape", paperSize: 9, printTitlesRow: "1:2" },
    views: [{ state: "frozen", ySplit: 2 }],
  });
  sheet.mergeCells("A1:F1");
  sheet.getCell("A1").value = "人员名册";
  sheet.addRow(heading);
  sheet.addRow([2023, "W1", "王一", "江都区", "甲中学", "1985.13"]);
  sheet.addRow([2023, "W2", "王二", "火星", "甲中学", new Date(Date.UTC(1985, 6, 1))]);
  sheet.addRow([2023, "W3", "王三", "江都区", undefined, "1985-07-01"]);
  sheet.addRow([2023, "W4", "王四", "江都区", "乙中学", "1985-07-01"]);
  // a unit over several rows, its first cell with a fault in none of them
  sheet.mergeCells("E3:E4");
  const faulty = sheet.getCell("F3");
  faulty.numFmt = "@";
  faulty.font = { name: "楷体", size: 14, bold: true };
  faulty.border = { bottom: { style: "double", color: { argb: "FF00FF00" } } };
  faulty.alignment = { horizontal: "right" };
  faulty.note = "原来的批注";
  sheet.getCell("B6").note = { texts: [{ text: "别处的批注", font: { bold: true } }] };
  sheet.getColumn(3).hidden = true;
  sheet.getColumn(4).width = 33;
  sheet.getCell("H9").value = { formula: "1+1", result: 2 };
  sheet.addConditionalFormatting({
    ref: "A3:A9",
    rules: [{ type: "expression", priority: 1, formulae: ["A3>2030"], style: { font: { italic: true } } }],
  });
  const hidden = workbook.addWorksheet("隐藏", { state: "hidden" });
  hidden.getCell("A1").value = "保密";
  workbook.definedNames.add("'名册 ''A'' & <乙>'!$B$3:$B$6", "编号");
  await workbook.xlsx.writeFile(path);
}

describe("a workbook with a life of its own", () => {
  it("keeps formats, comments, hidden things and print settings", async () => {
    const place = await ground();
    const path = join(place.folder, "rich.xlsx");
    await richWorkbook(path);
    const { out } = await marked(place, path);
    const workbook = await openWorkbook(out);
    const name = "名册 'A' & <乙>";
    const marks = marksIn(workbook, name);
    expect(Object.fromEntries([...marks].map(([address, [look]]) => [address, look]))).toMatchObject({
      F3: "error",
      A3: "rejected",
      D4: "error",
      A4: "rejected",
      E5: "error",
      A5: "rejected",
    });
    const sheet = workbook.getWorksheet(name);
    const faulty = sheet?.getCell("F3");
    expect(faulty?.numFmt).toBe("@");
    expect(faulty?.font).toMatchObject({ name: "楷体", size: 14, bold: true });
    expect(faulty?.border.bottom).toMatchObject({ style: "double" });
    expect(faulty?.alignment).toMatchObject({ horizontal: "right" });
    expect(faulty && noteOf(faulty)).toMatch(/^原来的批注\n工考：\n错误：/);
    expect(sheet && noteOf(sheet.getCell("B6"))).toBe("别处的批注");
    expect(sheet && noteOf(sheet.getCell("A3"))).toContain("此行未录入");
    expect(sheet?.getColumn(3).hidden).toBe(true);
    expect(sheet?.getColumn(4).width).toBe(33);
    expect(sheet?.pageSetup).toMatchObject({ orientation: "landscape", paperSize: 9, printTitlesRow: "1:2" });
    expect(sheet?.getCell("H9").value).toMatchObject({ formula: "1+1", result: 2 });
    expect(workbook.getWorksheet("隐藏")?.state).toBe("hidden");
    const links = listIn(workbook).map((_, index) => workbook.getWorksheet("问题清单")?.getCell(6 + index, 3));
    expect(links.some((cell) => cell?.text === "F3")).toBe(true);
    const text = (await partsOf(out)).get("xl/worksheets/sheet4.xml")?.bytes.toString() ?? "";
    expect(text).toContain(`location="'名册 ''A'' &amp; &lt;乙&gt;'!F3"`);
    const book = (await partsOf(out)).get("xl/workbook.xml")?.bytes.toString() ?? "";
    expect(book).toMatch(/Print_Titles"[^>]*localSheetId="3"|localSheetId="3"[^>]*Print_Titles"/);
  });

  it("is marked anew when it comes back marked", async () => {
    const place = await ground();
    const path = join(place.folder, "rich.xlsx");
    await richWorkbook(path);
    const once = await marked(place, path);
    const name = "名册 'A' & <乙>";
    const twice = await marked(place, once.out);
    expect(twice.found).toEqual(once.found);
    const [first, second] = [await openWorkbook(once.out), await openWorkbook(twice.out)];
    expect(second.worksheets.map((sheet) => sheet.name)).toEqual(first.worksheets.map((sheet) => sheet.name));
    expect(marksIn(second, name)).toEqual(marksIn(first, name));

    // one date put right, and saved by another program
    const cell = second.getWorksheet(name)?.getCell("F3");
    if (cell) cell.value = "1985-07-01";
    const corrected = join(place.folder, "corrected.xlsx");
    await second.xlsx.writeFile(corrected);
    const third = await openWorkbook((await marked(place, corrected)).out);
    expect(third.worksheets.map((sheet) => sheet.name)).toEqual(first.worksheets.map((sheet) => sheet.name));
    const marks = marksIn(third, name);
    for (const address of ["A3", "F3"]) expect(marks.has(address), address).toBe(false);
    for (const address of ["A4", "D4"]) expect(marks.has(address), address).toBe(true);
    const sheet = third.getWorksheet(name);
    expect(sheet && noteOf(sheet.getCell("F3"))).toBe("原来的批注");
    expect(sheet && noteOf(sheet.getCell("A3"))).toBe("");
    expect(sheet?.getCell("F3").font).toMatchObject({ name: "楷体", size: 14 });
  });
});

const rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const inline = (reference: string, text: string) =>
  `<x:c${reference} t="inlineStr"><x:is><x:t>${text}</x:t></x:is></x:c>`;

/** Prefixes, cells and rows without references, no styles, macros: legal, and written by some programs. */
const odd = (rows: string): Part[] => [
  {
    name: "[Content_Types].xml",
    content: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/><Override PartName="/xl/worksheets/one.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  },
  {
    name: "_rels/.rels",
    content: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="${rels}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  },
  {
    name: "xl/workbook.xml",
    content: `<?xml version="1.0"?><x:workbook xmlns:x="${main}" xmlns:q="${rels}"><x:sheets><x:sheet name="名册" sheetId="7" q:id="rId7"/></x:sheets></x:workbook>`,
  },
  {
    name: "xl/_rels/workbook.xml.rels",
    content: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" Type="${rels}/worksheet" Target="/xl/worksheets/one.xml"/><Relationship Id="v" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>`,
  },
  { name: "xl/vbaProject.bin", content: "Sub Auto_Open()" },
  {
    name: "xl/worksheets/one.xml",
    content: `<?xml version="1.0"?><x:worksheet xmlns:x="${main}"><x:sheetViews><x:sheetView tabSelected="1" workbookViewId="0"/></x:sheetViews><x:sheetData>${rows}</x:sheetData><x:pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/><x:tableParts count="0"/></x:worksheet>`,
  },
];

describe("a workbook as few programs write it", () => {
  it("gets its marks in the right places", async () => {
    const place = await ground();
    const head = `<x:row>${["年度", "人员编号", "地区", "单位名称", "出生日期"].map((text) => inline("", text)).join("")}</x:row>`;
    const rows =
      head +
      `<x:row spans="1:3">${["2023", "W1", "江都区"].map((text) => inline("", text)).join("")}</x:row>` +
      `<x:row r="5">${inline(' r="B5"', "W2")}${inline(' r="E5"', "1985.13")}<!-- <x:c> --></x:row>`;
    const path = join(place.folder, "odd.xlsm");
    await writeFile(path, zip(odd(rows)));
    const { out, report } = await marked(place, path, "workers", "旧表.xlsm");
    expect(report.rowsRejected).toBe(2);
    const parts = await partsOf(out);
    expect([...parts.keys()].some((name) => /vba/i.test(name))).toBe(false);
    expect(parts.get("[Content_Types].xml")?.bytes.toString()).not.toContain("macroEnabled");
    const sheet = parts.get("xl/worksheets/one.xml")?.bytes.toString() ?? "";
    const references = [...sheet.matchAll(/<x:c r="(\w+)" s="\d+"\/>/g)].map(([, reference]) => reference);
    expect(references).toEqual(["D2", "A5", "C5", "D5"]);
    expect(sheet).not.toContain("tabSelected");
    expect(sheet).toMatch(/<x:legacyDrawing [^>]*r:id="rIdMarks\d"\/><x:tableParts/);
    expect(sheet).not.toContain("spans=");
    const kept = new Map([...(await cellsOf(out))].filter(([key]) => key.startsWith("名册!")));
    expect(kept).toEqual(await cellsOf(path));
    expect(markedName("旧表.xlsm")).toBe("旧表-问题标记.xlsx");
    const list = parts.get("xl/worksheets/sheet1.xml")?.bytes.toString() ?? "";
    expect(list).toContain("宏没有保留");
  });
});

describe("text and Parquet tables", () => {
  const lines = [
    "2023,W1,江都区,=1+1,1985.13",
    "2023,W2,火星,+甲@中学,1985-07-01",
    ",,,,",
    "2023,W3,江都区,,1985-07-01",
  ];
  const text = roster(lines, ",出生日期");

  it.each([
    ["UTF-8", Buffer.from(`\ufeff${text}`)],
    ["GBK with semicolons", toGbk(text.replaceAll(",", ";"))],
    ["UTF-16 with tabs", Buffer.from(`\ufeff${text.replaceAll(",", "\t")}`, "utf16le")],
  ])("become a workbook: %s", async (_name, bytes) => {
    const place = await ground();
    const path = join(place.folder, "table.csv");
    await writeFile(path, bytes);
    const { out, report } = await marked(place, path, "workers", "全市'名册:2023?.csv");
    const workbook = await openWorkbook(out);
    expect(workbook.worksheets.map((sheet) => sheet.name)).toEqual(["问题清单", "问题汇总", "全市'名册 2023"]);
    const sheet = workbook.worksheets[2];
    expect(sheet?.getCell("D2").value).toBe("=1+1");
    expect(sheet?.getCell("D3").value).toBe("+甲@中学");
    expect(sheet?.getCell("D2").numFmt).toBe("@");
    expect(sheet?.views[0]).toMatchObject({ state: "frozen", ySplit: 1 });
    const marks = Object.fromEntries(
      [...marksIn(workbook, sheet?.name ?? "")].map(([address, [look]]) => [address, look]),
    );
    expect(marks).toMatchObject({
      A2: "rejected",
      D2: "warning",
      E2: "error",
      A3: "rejected",
      C3: "error",
      A5: "rejected",
      D5: "error",
    });
    expect(report.rowsRejected).toBe(3);
    expect(listIn(workbook).map(([, , cell]) => cell)).toContain("E2");
  });

  it("become a workbook: Parquet", async () => {
    const place = await ground();
    const path = join(place.folder, "table.parquet");
    await writeFile(
      path,
      await parquet(`SELECT 2023 AS "年度", 'W1' AS "人员编号", '火星' AS "地区", '=甲' AS "单位名称"`),
    );
    const workbook = await openWorkbook((await marked(place, path, "workers", "名册.parquet")).out);
    expect(workbook.getWorksheet("名册")?.getCell("D2").value).toBe("=甲");
    expect([...marksIn(workbook, "名册").keys()]).toEqual(["A2", "C2", "D2"]);
  });

  it("keep identity numbers out of the list", async () => {
    const place = await ground();
    const path = join(place.folder, "ids.csv");
    await writeFile(path, roster(["2023,W1,江都区,甲中学,320602198507011234"], ",身份证号"));
    const { out } = await marked(place, path, "workers", "ids.csv");
    const workbook = await openWorkbook(out);
    expect(JSON.stringify(listIn(workbook))).not.toContain("320602198507011234");
    expect(JSON.stringify([...marksIn(workbook, "ids").values()])).not.toContain("320602198507011234");
    expect(workbook.getWorksheet("ids")?.getCell("E2").value).toBe("320602198507011234");
  });
});
