/** A real store with the reference tables, real files, and an import that leaves the decisions out (they have tests of their own). */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type ImportOptions, loadRows } from "../../server/rosters/load.ts";
import type { ImportReport } from "../../server/rosters/report.ts";
import { openStore, type Row, type Store } from "../../server/store/index.ts";
import { emptyDatabase } from "../template.ts";

export interface Ground {
  readonly store: Store;
  readonly folder: string;
  /** Years the import had decided. */
  readonly decided: number[];
  load(path: string, options?: Partial<ImportOptions>): Promise<ImportReport>;
  /** Writes the content to a file and imports it. */
  loadContent(content: string | Uint8Array, options?: Partial<ImportOptions>): Promise<ImportReport>;
  rows(table: "workers" | "applications"): Promise<Row[]>;
}

/** `atEnd` takes what is to be done when the ground is no longer needed; without it the end of the test. */
export async function ground(atEnd: (work: () => Promise<void>) => void = onTestFinished): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), "gongkao-rosters-"));
  const data = join(folder, "data");
  await emptyDatabase(data);
  const store = await openStore(data, { memoryLimit: "512MB" });
  atEnd(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });
  const decided: number[] = [];
  let files = 0;
  const load: Ground["load"] = (path, options = {}) =>
    loadRows(store, path, { kind: "workers", fileName: "roster.csv", ...options }, async (_c, years) => {
      decided.push(...years);
    });
  return {
    store,
    folder,
    decided,
    load,
    async loadContent(content, options) {
      const path = join(folder, `upload-${++files}`);
      await writeFile(path, content);
      return load(path, options);
    },
    rows: (table) =>
      store.read((c) =>
        c.rows(`SELECT * FROM ${table} ORDER BY ${table === "workers" ? '"rosterRow"' : '"importId", "sourceRow"'}`),
      ),
  };
}

/** The stable codes of a report's problems, with their rows. */
export const codes = (report: ImportReport): string[] =>
  report.problems.map(({ row, code }) => (row === null ? code : `${row}:${code}`));

/** A small roster: the lines below a heading that has what is required. */
export const roster = (lines: readonly string[], more = ""): string =>
  [`年度,人员编号,地区,单位名称${more}`, ...lines].join("\n");

export const fixture = (name: string): string => new URL(`../fixtures/${name}`, import.meta.url).pathname;

let gbkTable: ReadonlyMap<string, readonly [number, number]> | undefined;

/** Node decodes GB18030 only, so the table is made by decoding every pair, once. */
function gbk(): ReadonlyMap<string, readonly [number, number]> {
  if (gbkTable) return gbkTable;
  const decoder = new TextDecoder("gb18030");
  const table = new Map<string, readonly [number, number]>();
  for (let first = 0x81; first <= 0xfe; first++) {
    for (let second = 0x40; second <= 0xfe; second++) {
      const character = decoder.decode(Uint8Array.of(first, second));
      if (character.length === 1 && character !== "\ufffd") table.set(character, [first, second]);
    }
  }
  gbkTable = table;
  return table;
}

/** Text in GB18030 (its two-byte part, GBK). */
export function toGbk(text: string): Buffer {
  const table = gbk();
  return Buffer.from([...text].flatMap((character) => table.get(character) ?? [character.charCodeAt(0)]));
}
