import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { AppError } from "../../server/errors.ts";
import { exampleTables, toCsv, toXlsx } from "../fixtures/make-rosters.ts";
import { randomNumbers } from "../rules/people.ts";
import { type Ground, ground, toGbk } from "./ground.ts";
import { parquet } from "./parquet-writer.ts";
import { workbook, zip } from "./zip-writer.ts";

/** The code of the error, or what the report says; anything but an AppError is a crash. */
async function outcome({ load, folder }: Ground, bytes: Uint8Array): Promise<string> {
  const path = join(folder, "damaged");
  await writeFile(path, bytes);
  try {
    const report = await load(path, { dryRun: true, year: 2022 });
    const { rowsRead, rowsLoaded, rowsUpdated, rowsUnchanged, rowsRejected } = report;
    expect(rowsRead).toBe(rowsLoaded + rowsUpdated + rowsUnchanged + rowsRejected);
    return "report";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.text.zh).toMatch(/[\u4e00-\u9fff]/);
    return error.code;
  }
}

const small = exampleTables().workers.slice(0, 6);

it("a workbook cut anywhere is refused", async () => {
  const place = await ground();
  const file = await toXlsx(small);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: file.length - 1 }), async (length) => {
      expect(await outcome(place, file.subarray(0, length))).toBe("bad-input");
    }),
    { numRuns: 60 },
  );
});

const cells = (texts: readonly unknown[]) =>
  texts.map((text) => `<c t="inlineStr"><is><t>${String(text ?? "")}</t></is></c>`).join("");
const sheetXml = `<?xml version="1.0"?><worksheet xmlns="urn:m"><cols><col min="2" max="3" hidden="1"/></cols><sheetData>
  <row r="1"><c t="str"><v>名册</v></c></row>${small.map((row, index) => `<row r="${index + 2}" hidden="${index % 2}">${cells(row)}</row>`).join("")}
  <row r="9"><c t="s"><v>0</v></c><c s="1"><f t="shared" si="0">[1]a!A1</f><v>31229</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row></sheetData>
  <mergeCells count="2"><mergeCell ref="A1:H1"/><mergeCell ref="G3:G6"/></mergeCells></worksheet>`;
const moreParts = [
  { name: "xl/sharedStrings.xml", content: "<sst><si><t>合计</t></si></sst>" },
  {
    name: "xl/styles.xml",
    content: '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
  },
];

/** Bytes changed, taken out, doubled or swapped, from a seed. */
function damage(file: Uint8Array, next: () => number): Buffer {
  const below = (limit: number) => Math.floor(next() * limit);
  let bytes = Buffer.from(file);
  for (let change = next() < 0.6 ? 1 : 1 + below(6); change > 0 && bytes.length > 0; change--) {
    const [at, length] = [below(bytes.length), 1 + below(next() < 0.2 ? 400 : 4)];
    const [before, piece, after] = [
      bytes.subarray(0, at),
      bytes.subarray(at, at + length),
      bytes.subarray(at + length),
    ];
    const kind = below(5);
    if (kind === 0) bytes = Buffer.concat([before, after]);
    else if (kind === 1) bytes = Buffer.concat([before, piece, piece, after]);
    else if (kind === 2) bytes.fill(below(256), at, at + piece.length);
    else bytes[at] = next() < 0.3 ? 0xff : below(256);
  }
  return bytes;
}

/** A workbook with one damaged part in a sound zip file: the damage reaches the XML, and mostly the sheet. */
function damagedPart(next: () => number): Buffer {
  const parts = workbook(sheetXml, moreParts);
  const victim = next() < 0.7 ? 2 : Math.floor(next() * parts.length);
  return zip(
    parts.map((part, index) =>
      index === victim ? { ...part, content: damage(Buffer.from(part.content), next) } : part,
    ),
  );
}

/** More by `DAMAGED_FILES=10000 npx vitest run test/rosters/damage.test.ts`. */
const files = Number(process.env.DAMAGED_FILES ?? 500);

it(`${files} files with bytes changed, missing or doubled are read or refused, and nothing is stored`, {
  timeout: 60_000 + files * 1_000,
}, async () => {
  const place = await ground();
  const csv = toCsv(small);
  const table = await parquet(
    `SELECT i AS "年度", 'A' || i AS "人员编号", '江都' AS "地区", '甲' AS "单位名称", DATE '1985-07-01' AS "出生日期", [i] AS x FROM range(50) r(i)`,
    "COMPRESSION zstd",
  );
  const wholes = [await toXlsx(small), Buffer.from(csv), toGbk(csv), Buffer.from(`\ufeff${csv}`, "utf16le")];
  const next = randomNumbers(20_000);
  const found = new Map<string, number>();
  for (let file = 0; file < files; file++) {
    const kind = file % 10;
    const whole = wholes[kind];
    const bytes = whole ? damage(whole, next) : file % 50 === 9 ? damage(table, next) : damagedPart(next);
    const said = await outcome(place, bytes);
    found.set(said, (found.get(said) ?? 0) + 1);
  }
  expect([...found.keys()].toSorted()).toEqual(expect.arrayContaining(["bad-input", "report"]));
  expect([...found.keys()].every((code) => ["bad-input", "report", "too-large"].includes(code))).toBe(true);
  expect(await place.rows("workers")).toEqual([]);
});
