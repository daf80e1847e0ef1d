/** A file is checked and marked as the commands and routes do it; what comes out is taken apart again. */
import { writeFile } from "node:fs/promises";
import { join, posix } from "node:path";
import ExcelJS from "exceljs";
import { expect } from "vitest";
import type { ImportOptions } from "../../server/rosters/load.ts";
import { markedWorkbook } from "../../server/rosters/marked.ts";
import { matcher } from "../../server/rosters/match.ts";
import { type KeptProblems, ProblemFile, readProblems } from "../../server/rosters/problem-file.ts";
import { readRoster } from "../../server/rosters/read.ts";
import { RosterFile } from "../../server/rosters/read-file.ts";
import type { ImportReport, RosterKind } from "../../server/rosters/report.ts";
import { PartParser } from "../../server/rosters/xlsx-part.ts";
import { entryBytes, packedBytes, readDirectory } from "../../server/rosters/zip.ts";
import type { Ground } from "./ground.ts";

const limitBytes = 100_000_000;
let files = 0;

export interface Checked {
  readonly report: ImportReport;
  readonly found: KeptProblems;
}

/** A dry run that keeps every problem. */
export async function checked(
  { load, folder }: Ground,
  path: string,
  kind: RosterKind = "workers",
  fileName = "名册.xlsx",
  more: Partial<ImportOptions> = {},
): Promise<Checked> {
  const kept = join(folder, `problems-${++files}`);
  const file = new ProblemFile(kept);
  const report = await load(path, { ...more, kind, dryRun: true, fileName, onProblem: file.add });
  file.close();
  return { report, found: await readProblems(kept) };
}

/** The marked workbook of a file, on disk. */
export async function marked(ground: Ground, path: string, kind?: RosterKind, fileName?: string) {
  const { report, found } = await checked(ground, path, kind, fileName);
  const pieces: Buffer[] = [];
  for await (const piece of markedWorkbook({ path, limitBytes, report, found })) pieces.push(piece);
  const out = join(ground.folder, `marked-${++files}.xlsx`);
  await writeFile(out, Buffer.concat(pieces));
  await checkPackage(out);
  return { out, report, found };
}

/** Name of a part → its bytes: as they are packed, and unpacked. */
export async function partsOf(path: string): Promise<Map<string, { packed: Buffer; bytes: Buffer }>> {
  const file = await RosterFile.open(path, limitBytes);
  try {
    const parts = new Map<string, { packed: Buffer; bytes: Buffer }>();
    for (const entry of (await readDirectory(file)).values()) {
      const packed: Buffer[] = [];
      for await (const piece of await packedBytes(file, entry)) packed.push(piece);
      const bytes: Buffer[] = [];
      for await (const piece of entryBytes(file, entry)) bytes.push(piece);
      parts.set(entry.name, { packed: Buffer.concat(packed), bytes: Buffer.concat(bytes) });
    }
    return parts;
  } finally {
    await file.close();
  }
}

/** Throws where a part is no well-formed XML, or the package does not say what it is, or names parts there are not. */
export async function checkPackage(path: string): Promise<void> {
  const parts = await partsOf(path);
  const types = parts.get("[Content_Types].xml")?.bytes.toString() ?? "";
  for (const [, part = ""] of types.matchAll(/PartName="\/([^"]*)"/g)) expect(parts.has(part), part).toBe(true);
  for (const [name, { bytes }] of parts) {
    if (!/\.(xml|rels|vml)$/.test(name)) continue;
    const parser = new PartParser(name, {});
    parser.write(bytes);
    parser.close();
    const typed = types.includes(`PartName="/${name}"`) || /\.(rels|vml)$/.test(name) || name === "[Content_Types].xml";
    expect(typed, name).toBe(true);
    if (!name.endsWith(".rels")) continue;
    const folder = posix.join(posix.dirname(name), "..");
    for (const [tag] of bytes.toString().matchAll(/<Relationship\s[^>]*>/g)) {
      if (/TargetMode="External"/.test(tag)) continue;
      const target = /Target="([^"]*)"/.exec(tag)?.[1] ?? "";
      expect(parts.has(posix.resolve("/", folder, target).slice(1)), `${name}: ${target}`).toBe(true);
    }
  }
}

/** Every cell that holds anything, "sheet!A1" → text, as the import reads it. */
export async function cellsOf(path: string, kind: RosterKind = "workers"): Promise<Map<string, string>> {
  const source = await readRoster(path, matcher(kind), limitBytes);
  const cells = new Map<string, string>();
  try {
    for (const sheet of source.sheets)
      for await (const rows of sheet.rows())
        for (const row of rows)
          row.cells.forEach((text, index) => {
            if (text !== "") cells.set(`${sheet.name}!${row.row}:${index}`, text);
          });
    return cells;
  } finally {
    await source.close();
  }
}

const fills: Readonly<Record<string, string>> = { FFFFC7CE: "error", FFFFEB9C: "warning", FFFF9B9B: "rejected" };

export const openWorkbook = async (path: string): Promise<ExcelJS.Workbook> =>
  new ExcelJS.Workbook().xlsx.readFile(path);

/** Address → [look, comment] of the marked cells of a sheet. */
export function marksIn(workbook: ExcelJS.Workbook, name: string): Map<string, readonly [string, string]> {
  const marks = new Map<string, readonly [string, string]>();
  workbook.getWorksheet(name)?.eachRow({ includeEmpty: true }, (row) =>
    row.eachCell({ includeEmpty: true }, (cell) => {
      const { fill } = cell;
      const argb = fill?.type === "pattern" ? fill.fgColor?.argb : undefined;
      const look = fills[argb ?? ""];
      // Cells of a merged range share the style of its first.
      if (look !== undefined && cell.master === cell) marks.set(cell.address, [look, noteOf(cell)]);
    }),
  );
  return marks;
}

export function noteOf({ note }: ExcelJS.Cell): string {
  if (typeof note === "string") return note;
  return note?.texts?.map(({ text }) => text).join("") ?? "";
}

/** The rows of the list in front, as texts. */
export function listIn(workbook: ExcelJS.Workbook, name = "问题清单", from = 6): string[][] {
  const rows: string[][] = [];
  workbook.getWorksheet(name)?.eachRow((row, number) => {
    if (number < from) return;
    rows.push(Array.from({ length: 10 }, (_, index) => row.getCell(index + 1).text));
  });
  return rows;
}
