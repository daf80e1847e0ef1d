/** Deciding people of all coming years at once comes to the same as binding the rulebook to each year. */
import { describe, expect, it } from "vitest";
import { movedBack } from "../../server/forecast/coming-facts.ts";
import { decisions } from "../../server/forecast/served.ts";
import { loadLibrary } from "../../server/library.ts";
import { bindLevel } from "../../server/rules/bind.ts";
import { yearBits } from "../../server/rules/columns.ts";
import { targetLevels } from "../../server/rules/facts.ts";
import { maskSelects } from "../../server/rules/sql.ts";
import { fillRoster } from "../eligibility/roster.ts";
import { temporaryStore } from "../store/store.ts";

const origin = 2024;
const years = [2025, 2026, 2027, 2029];
/** A district of each rulebook. */
const places = [
  ["jiangsu-2020", "320102"],
  ["jiangdu-2020", "321012"],
  ["changzhou-2024", "320411"],
  ["jiaozuo-2023", "410802"],
  ["fujian-2020", "350102"],
] as const;

describe("people of coming years", () => {
  it.each(places)(
    "are decided by %s as in the coming year",
    async (id, district) => {
      const library = await loadLibrary();
      const book = library.get(id);
      const store = await temporaryStore();
      await store.transaction((c) =>
        fillRoster(c, { count: 1500, rosterYear: origin, districts: [district], seed: 11 }),
      );
      await store.read(
        async (c) => {
          const people = {
            rows: `SELECT w.*, w."rosterRow" AS person, 0::SMALLINT AS since, 0::TINYINT AS held, ${origin}::SMALLINT AS seen FROM workers w`,
            before: () => [origin],
          };
          await c.run(
            `CREATE TEMP TABLE coming (rulebook VARCHAR, person BIGINT, exam SMALLINT, target TINYINT, planning INTEGER)`,
          );
          for (const { rulebook, standing, decided, on } of decisions(
            { library, until: Number.POSITIVE_INFINITY },
            people,
            [district],
            years,
          )) {
            await c.run(
              `INSERT INTO coming WITH standing AS MATERIALIZED (${standing})
               SELECT '${rulebook}', person, exam, target, planning FROM standing p JOIN (${decided("standing")}) d ON ${on}`,
            );
          }
          await c.run("CREATE TEMP TABLE direct (person BIGINT, exam SMALLINT, target TINYINT, planning INTEGER)");
          const levels = targetLevels.filter((level) => book.levels.has(level));
          for (const year of years) {
            const bits = yearBits(Array.from({ length: year - 1 - origin }, (_, index) => origin + 1 + index));
            const fill = ["appraisalsQualified", "continuingEducationPassed"].map(
              (name) => `coalesce("${name}", 0::UBIGINT) | ${bits}::UBIGINT AS "${name}"`,
            );
            const relation = `(SELECT ${bits === 0n ? "*" : `* REPLACE (${fill.join(", ")})`} FROM workers)`;
            const target = levels
              .map((level, index) => `WHEN ${index} THEN ${targetLevels.indexOf(level) + 1}`)
              .join(" ");
            const masks = maskSelects(
              levels.map((level) => bindLevel(book, level, year)),
              relation,
              ["rosterRow"],
            );
            await c.run(
              `INSERT INTO direct SELECT "rosterRow", ${year}, CASE level ${target} END, planning FROM (${masks})`,
            );
          }
          const [row] = await c.rows<{ n: number; unlike: number; eligible: number }>(
            `SELECT count(*)::INTEGER AS n, count(*) FILTER (m.planning <> d.planning)::INTEGER AS unlike,
             count(*) FILTER (d.planning = 2)::INTEGER AS eligible
           FROM coming m JOIN direct d USING (person, exam, target) WHERE m.rulebook = '${id}'`,
          );
          expect(row?.n).toBe(1500 * years.length * levels.length);
          expect(row?.eligible).toBeGreaterThan(0);
          expect(row?.unlike).toBe(0);
        },
        { timeoutMs: 300_000 },
      );
    },
    120_000,
  );

  it("are decided beyond the last year that records can be kept for", async () => {
    const library = await loadLibrary();
    const store = await temporaryStore();
    const district = "320102";
    await store.transaction((c) => fillRoster(c, { count: 400, rosterYear: origin, districts: [district], seed: 12 }));
    await store.read(
      async (c) => {
        const later = 8;
        const ask = async (rows: string, from: number) => {
          const seen = from - 1;
          const people = {
            rows: `SELECT w.*, "rosterRow" AS person, 0::SMALLINT AS since, 0::TINYINT AS held, ${seen}::SMALLINT AS seen FROM (${rows}) w`,
            before: () => [seen],
          };
          const known = { library, until: Number.POSITIVE_INFINITY };
          const found: unknown[] = [];
          const exams = [0, 1, 2, 3].map((step) => from + step);
          for (const { standing, decided, on } of decisions(known, people, [district], exams)) {
            found.push(
              ...(await c.rows(
                `WITH standing AS MATERIALIZED (${standing})
                 SELECT (exam - ${from})::INTEGER AS step, target::INTEGER AS target, planning::INTEGER AS planning, count(*)::INTEGER AS people,
                   sum(person)::INTEGER AS who
                 FROM standing p JOIN (${decided("standing")}) d ON ${on} GROUP BY ALL ORDER BY ALL`,
              )),
            );
          }
          return found.map((row) => JSON.stringify(row)).sort();
        };
        const soon = await ask("SELECT * FROM workers", origin + 1);
        const far = await ask(movedBack("workers", `-${later}`), origin + 1 + later);
        expect(soon.length).toBeGreaterThan(20);
        expect(far).toEqual(soon);
      },
      { timeoutMs: 300_000 },
    );
  }, 120_000);
});
