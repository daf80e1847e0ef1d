import { describe, expect, it } from "vitest";
import type { ImportReport } from "../../server/rosters/report.ts";
import { decodableColumns, decodeFacts } from "../../server/rules/columns.ts";
import { dirtyWorkbooks } from "../fixtures/dirt-families.ts";
import { fixture, type Ground, ground } from "./ground.ts";

/** A problem in one line, as the families put it. */
const lines = (report: ImportReport): string[] =>
  report.problems.map(({ cell, code, value, taken, severity, cells }) =>
    [
      cell ?? "-",
      code,
      ...(value === null ? [] : [value.trim()]),
      ...(taken === undefined ? [] : ["→", taken]),
      ...(cells === undefined ? [] : [`×${cells}`]),
      ...(severity === "error" ? ["!"] : []),
    ].join(" "),
  );

/** The facts on file by worker number; what every family has in common is left out, unless the family is about it. */
async function factsOnFile({ store }: Ground, kind: "workers" | "applications", asked: readonly string[]) {
  const columns =
    kind === "workers" ? decodableColumns : `* REPLACE (CAST("certificateDate" AS VARCHAR) AS "certificateDate")`;
  const rows = await store.read((c) => c.rows<Record<string, unknown>>(`SELECT ${columns} FROM ${kind}`));
  return Object.fromEntries(
    rows.map((row) => {
      const found: Record<string, unknown> = kind === "workers" ? { ...decodeFacts(row) } : row;
      return [
        row.workerId,
        Object.fromEntries(asked.filter((name) => name in found).map((name) => [name, found[name]])),
      ];
    }),
  );
}

describe("a workbook with one family of dirt gives the report and the facts that stand beside it", () => {
  it.each(dirtyWorkbooks.map((workbook) => [workbook.name, workbook] as const))("%s", async (name, workbook) => {
    const { kind, problems, facts, rows } = workbook;
    const on = await ground();
    const path = fixture(`dirt/${name}.xlsx`);
    const dry = await on.load(path, { kind, fileName: `${name}.xlsx`, dryRun: true });
    const report = await on.load(path, { kind, fileName: `${name}.xlsx` });
    expect({ ...report, dryRun: true, version: 0, importId: null }).toEqual(dry);
    const asked = [...new Set(Object.values(facts).flatMap((person) => Object.keys(person)))];
    expect(lines(report)).toEqual(problems);
    expect(await factsOnFile(on, kind, asked)).toEqual(facts);
    const loaded = Object.keys(facts).length;
    expect(report).toMatchObject({ rowsRead: rows.length, rowsLoaded: loaded, rowsRejected: rows.length - loaded });
    const counted = report.counts.reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(report.problems.reduce((sum, { cells = 1 }) => sum + cells, 0));
    for (const { code, message, sheet, unit, cells } of report.problems) {
      expect(sheet).toBe("名册");
      // A problem of cells in several units is of none of them.
      if (!code.startsWith("column-") && cells === undefined) expect(unit).toMatch(/^示例(中学|小学)$/);
      expect(message.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(message.en).toMatch(/[a-z]/);
    }
    expect(JSON.stringify(report)).not.toMatch(/\d{15}/);
    expect(await on.load(path, { kind, fileName: `${name}.xlsx` })).toMatchObject({
      rowsUnchanged: loaded,
      rowsLoaded: 0,
      rowsUpdated: 0,
      counts: report.counts,
    });
  });
});
