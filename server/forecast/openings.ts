/** Who can come forward in the coming years: the bulk decision on the roster moved on, on the hires, and on those promoted meanwhile. */
import { quote } from "../rules/term.ts";
import type { ComingFacts } from "./coming-facts.ts";
import { heldSql } from "./history.ts";
import type { Scratch } from "./scratch.ts";
import { decisions, type KnownRulebooks } from "./served.ts";

/** Chances below this are not followed. */
const leastChance = 0.001;
/** Where no pair of rosters tells how often planning holds for a year. */
const usualKeep = 0.985;
/** Promotions of one person whose next level is decided anew within a forecast; after more, nothing opens until its end. */
const promotions = 1;
/** More people than this are decided year by year, to keep within memory. */
const many = 200_000;

export interface Span {
  readonly origin: number;
  /** Last exam year. */
  readonly last: number;
  readonly districts: readonly string[];
}

/** Trades closed or merged from a later roster on, as the office has entered. Null: closed. */
interface Closing {
  readonly alias: string;
  readonly trade: string | null;
  readonly since: number;
}

/** The trade before the exams of `exam`, which are decided on the roster of the year before. */
function tradeThen(closings: readonly Closing[]): string {
  if (closings.length === 0) return "*";
  const cases = closings.map(
    ({ alias, trade, since }) =>
      `WHEN trade = ${quote(alias)} AND exam > ${since} THEN ${trade === null ? "NULL" : quote(trade)}`,
  );
  return `* REPLACE (CASE ${cases.join(" ")} ELSE trade END AS trade)`;
}

const closingsAfter = (scratch: Scratch, origin: number): Promise<Closing[]> =>
  scratch.rows<Closing>(
    `SELECT a.alias, a.trade, a.since::INTEGER AS since FROM trade_aliases a JOIN trades t ON t.name = a.alias
     WHERE a.since > $origin ORDER BY a.alias`,
    { origin },
  );

const yearsOf = ({ origin, last }: Span) => Array.from({ length: last - origin }, (_, index) => origin + 1 + index);

/** Everybody on the roster of the origin and the hires of later rosters, before the exams of each year. */
function present({ origin, last }: Span): ComingFacts {
  const held = `${heldSql("w.level")} AS held`;
  const own = `SELECT w.*, w."rosterRow" AS person, 0::SMALLINT AS since, ${held}, y.exam, 0::SMALLINT AS moved, ${origin}::SMALLINT AS seen
    FROM workers w, (SELECT unnest(range(${origin + 1}, ${last + 1}))::SMALLINT AS exam) y WHERE w."rosterYear" = ${origin}`;
  const hired = `SELECT w.*, h.person, 0::SMALLINT AS since, ${held}, y.exam, h.moved, h.enters AS seen
    FROM run_donors h JOIN workers w ON w."rosterRow" = h.donor
    JOIN (SELECT unnest(range(${origin + 2}, ${last + 1}))::SMALLINT AS exam) y ON y.exam > h.enters`;
  return { rows: last > origin + 1 ? `${own} UNION ALL BY NAME ${hired}` : own, raised: false };
}

/** Those who may have been promoted, in every year after it. */
const promotedPeople: ComingFacts = {
  rows: `SELECT w.*, r.person, r.since, r.held, r.exam, r.moved, r.seen FROM run_raised r JOIN workers w ON w."rosterRow" = r.source`,
  raised: true,
};

/**
 * Makes `run_openings` (exam, person, since, held, target, module, chance): the levels open to each state of each person in each exam year,
 * with the chance that planning finds them so. A state is the level of the roster (since 0) or one obtained in a forecast year.
 */
export async function openLevels(scratch: Scratch, known: KnownRulebooks, span: Span): Promise<void> {
  await scratch.run(
    `CREATE OR REPLACE TEMP TABLE run_openings (exam SMALLINT, person BIGINT, since SMALLINT, held TINYINT, target TINYINT, module TINYINT,
       chance DOUBLE, round TINYINT)`,
  );
  const [people] = await scratch.rows<{ n: number }>(
    `SELECT count(*)::INTEGER AS n FROM workers WHERE "rosterYear" = ${span.origin}`,
  );
  const years = yearsOf(span);
  const then = tradeThen(await closingsAfter(scratch, span.origin));
  const closed = (people: ComingFacts) => ({ ...people, rows: `SELECT ${then} FROM (${people.rows})` });
  const parts = (people?.n ?? 0) > many ? years.map((year) => [year]) : [years];
  for (const part of parts) await decide(scratch, known, closed(present(span)), span, part, 0);
  for (let round = 1; round <= promotions; round++) {
    await scratch.make(
      "run_raised",
      `SELECT coalesce(d.donor, o.person) AS source, o.person, o.exam AS since, o.target AS held, y.exam, coalesce(d.moved, 0)::SMALLINT AS moved,
         coalesce(d.enters, ${span.origin})::SMALLINT AS seen
       FROM (SELECT DISTINCT person, exam, target FROM run_openings WHERE round = ${round - 1} AND target < 5) o
       LEFT JOIN run_donors d ON d.person = o.person
       JOIN (SELECT unnest(range(${span.origin + 2}, ${span.last + 1}))::SMALLINT AS exam) y ON y.exam > o.exam`,
    );
    const [raised] = await scratch.rows<{ n: number }>("SELECT count(*)::INTEGER AS n FROM run_raised");
    if (!raised?.n) break;
    await decide(scratch, known, closed(promotedPeople), span, years.slice(1), round);
  }
  await scratch.drop("run_raised");
}

async function decide(
  scratch: Scratch,
  known: KnownRulebooks,
  people: ComingFacts,
  { origin, districts }: Span,
  years: readonly number[],
  round: number,
): Promise<void> {
  const steps = `(d.exam - ${origin + 1})`;
  for (const { rulebook, sql } of decisions(known, people, districts, years)) {
    const book = quote(rulebook);
    // Materialised before it is filtered: a filter pushed down into the masks would be reckoned many times over.
    await scratch.run(
      `INSERT INTO run_openings
       WITH decided AS MATERIALIZED (${sql})
       SELECT exam, person, since, held, target, (CASE WHEN module IN (3, 4, 5) THEN 2 WHEN module IN (1, 2) THEN 1 ELSE 0 END)::TINYINT, chance, ${round}
       FROM (
         SELECT d.*, CASE WHEN d.planning = 2 THEN power(coalesce(k.keep, ${usualKeep}), ${steps}) ELSE 1 - power(1 - g.gain, ${steps}) END AS chance
         FROM decided d
         LEFT JOIN forecast_keep k ON k.rulebook = ${book} AND k.target = d.target
         LEFT JOIN forecast_gain g ON d.planning <> 2 AND g.rulebook = ${book} AND g.target = d.target AND g.blocking = d.blocking
         WHERE d.planning = 2 OR g.gain IS NOT NULL
       )
       WHERE chance >= ${leastChance}`,
    );
  }
}

/** Makes `run_open` of an exam year out of `run_openings`; module 3: a higher level is open as well. */
export const openInYear = (scratch: Scratch, examYear: number): Promise<void> =>
  scratch.make(
    "run_open",
    `SELECT person, since, held, target, chance,
       CASE WHEN module = 0 AND target < max(target) FILTER (chance > 0.5) OVER (PARTITION BY person, since, held) THEN 3 ELSE module END::TINYINT AS module
     FROM run_openings WHERE exam = $examYear`,
    { examYear },
  );
