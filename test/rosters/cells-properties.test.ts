import fc from "fast-check";
import { expect, it } from "vitest";
import { RowChecker } from "../../server/rosters/check.ts";
import { fieldsOf } from "../../server/rosters/fields.ts";
import { matcher, matchHeading } from "../../server/rosters/match.ts";
import { loadPlaceNames, placesOf } from "../../server/rosters/places.ts";
import { ProblemList, type RosterKind } from "../../server/rosters/report.ts";
import { exampleTables, toCsv } from "../fixtures/make-rosters.ts";
import { ground } from "./ground.ts";

const { workers } = exampleTables();
const [heading = [], ...rows] = workers;

/** The ways to write a date of as many parts; `pick` chooses one. A month of 1 after a dot would not be certain. */
function written(iso: string, pick: number): string {
  const [year = "", month = "", day = ""] = iso.split("-");
  const [m, d] = [String(Number(month)), String(Number(day))];
  const styles =
    day !== ""
      ? [
          iso,
          `${year}.${month}.${day}`,
          `${year}/${m}/${d}`,
          `${year}${month}${day}`,
          `${year}年${m}月${d}日`,
          `${year}-${m}-${d} 0:00`,
        ]
      : month !== ""
        ? [
            iso,
            `${year}.${month}`,
            `${year}/${m}`,
            `${year}${month}`,
            `${year}年${m}月`,
            `${year}-${month}-00`,
            `${year}.${month}.`,
          ]
        : [iso, `${year}年`, `${year}-00-00`, ` ${year} `];
  const style = styles[pick % styles.length] ?? iso;
  return pick % 3 === 0
    ? style.replace(/[0-9.]/g, (found) => String.fromCharCode(found.charCodeAt(0) + 0xfee0))
    : style;
}

const dateColumns = new Set(
  heading.flatMap((name, at) => (/日期|时间$/.test(String(name)) && name !== "年度" ? [at] : [])),
);

it("any order of the rows and any style of the dates give the same database", async () => {
  const { loadContent, rows: onFile } = await ground();
  await loadContent(toCsv(workers));
  const before = (await onFile("workers")).map(({ rowHash }) => rowHash);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...rows.keys()], { minLength: rows.length }),
      fc.array(fc.nat(1_000), { minLength: 40, maxLength: 40 }),
      async (order, picks) => {
        const table = order.map((at) =>
          (rows[at] ?? []).map((cell, column) =>
            dateColumns.has(column) && typeof cell === "string" ? written(cell, picks[(at + column) % 40] ?? 0) : cell,
          ),
        );
        const report = await loadContent(toCsv([heading, ...table]));
        expect(report).toMatchObject({ rowsRead: 60, rowsUnchanged: 60, rowsUpdated: 0, rowsLoaded: 0, errors: 0 });
      },
    ),
    { numRuns: 12 },
  );
  expect((await onFile("workers")).map(({ rowHash }) => rowHash)).toEqual(before);
}, 120_000);

it.each(["workers", "applications"] as const)(
  "no text in any cell of %s makes the check throw",
  async (kind: RosterKind) => {
    const { store } = await ground();
    const places = placesOf(await store.read(loadPlaceNames));
    const headings = [...fieldsOf(kind).map(({ name }) => name), "近五年年度考核", "2021年继续教育", "年度考核"];
    const match = matchHeading(headings, matcher(kind));
    const words = fc.constantFrom(
      "同上",
      "2022",
      "江都",
      "1985.07",
      "优秀、合格",
      "电工/司机",
      "31229",
      "[{}]",
      "999999198507060016",
      "/",
    );
    const cell = fc.oneof(
      { weight: 2, arbitrary: words },
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.string({ unit: "grapheme" }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { maxLength: headings.length + 2 }), { minLength: 1, maxLength: 4 }),
        (table) => {
          const problems = new ProblemList();
          const checker = new RowChecker({ kind, year: 2022, places, identityKey: Buffer.alloc(32) }, problems);
          checker.setHeading(match, undefined);
          table.forEach((cells, at) => {
            const row = checker.check({ sheet: null, row: at + 2, cells }, at + 1);
            expect(row === undefined || row.length <= checker.columns.length).toBe(true);
            if (row) expect(row.some((value) => typeof value === "string" && /\d{17}[\dX]/.test(value))).toBe(false);
          });
          checker.finish();
          expect(JSON.stringify(problems.listed)).not.toContain("999999198507060016");
          expect(problems.counts.every(({ count }) => count > 0)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  },
);
