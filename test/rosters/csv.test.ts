/** Text tables are read in two ways, by lines and by a parser: whatever stands where, the records are the parser's. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { matcher } from "../../server/rosters/match.ts";
import { readRoster } from "../../server/rosters/read.ts";

const heading = "年度,人员编号,地区,单位名称";
/** Several pieces of 64 kB. */
const lines = Array.from({ length: 5_000 }, (_, at) => `2022,W${at},江都,第${at}事业单位服务中心𠮷${at}`);
const at = (index: number, line: string) => lines.toSpliced(index, 1, line);
const joined = (rows: readonly string[], end: string) => [heading, ...rows].join(end);

const quoted = `2022,W9,江都,"第""九""服务\r\n中心,甲"`;
const cases: readonly (readonly [string, string])[] = [
  ["no quote, CRLF", `${joined(lines, "\r\n")}\r\n`],
  ["no quote, LF, no end", joined(lines, "\n")],
  ["no quote, CR", `${joined(lines, "\r")}\r`],
  ["a mark at the start", `\ufeff${joined(lines, "\n")}\n`],
  ["quotes at the start", `${joined(at(0, quoted), "\r\n")}\r\n`],
  ["quotes in the middle", `${joined(at(3_000, quoted), "\r\n")}\r\n`],
  ["quotes at the end", joined(at(4_999, quoted), "\n")],
  ["a quote that is a character", joined(at(3_000, '2022,W9,江都,5"管'), "\n")],
  ["empty lines and cells", joined(at(2_000, "\n,,,\n2022,,"), "\n")],
  ["other line ends in between", joined(at(2_500, "2022,W9,江都,甲\n2022,W8,江都,乙\r丙"), "\r\n")],
  ["a long line", joined(at(3_000, `2022,W9,江都,${"长".repeat(1_200_000)}`), "\r\n")],
];

async function recordsOf(path: string): Promise<string[][]> {
  const source = await readRoster(path, matcher("workers"));
  try {
    const rows: string[][] = [];
    for await (const batch of source.sheets[0]?.rows() ?? []) {
      for (const { row, cells } of batch) {
        rows.push([...cells]);
        expect(row).toBe(rows.length);
      }
    }
    return rows;
  } finally {
    await source.close();
  }
}

it.each(cases)("%s", async (_, text) => {
  const folder = await mkdtemp(join(tmpdir(), "gongkao-csv-"));
  try {
    const path = join(folder, "a.csv");
    await writeFile(path, text);
    const expected: string[][] = parse(text, { bom: true, relax_column_count: true, relax_quotes: true });
    const found = await recordsOf(path);
    expect(found.length).toBe(expected.length);
    expect(found.findIndex((row, index) => row.join("\u0000") !== expected[index]?.join("\u0000"))).toBe(-1);
  } finally {
    await rm(folder, { recursive: true });
  }
});
