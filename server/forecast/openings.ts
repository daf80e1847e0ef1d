/** Who can come forward in the coming years: the bulk decision on the roster moved on, on the hires, and on those promoted meanwhile. */
import type { RulebookLibrary } from "../rules/rulebook.ts";
import { quote } from "../rules/term.ts";
import { targetNumber } from "./cells.ts";
import { type ComingFacts, movedBack } from "./coming-facts.ts";
import { heldSql } from "./history.ts";
import type { Scratch } from "./scratch.ts";
import { decisions, type KnownRulebooks, type Wanted } from "./served.ts";
import { personIn, stateOf } from "./state.ts";

/** Chances below this are not followed. */
const leastChance = 0.001;
/** Where no pair of rosters tells how often planning holds for a year. */
const usualKeep = 0.985;
/** Promotions of one person whose next level is decided anew within a forecast; after more, nothing opens until its end. */
const promotions = 1;

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
function tradeThen(closings: readonly Closing[]): string | undefined {
  if (closings.length === 0) return undefined;
  const cases = closings.map(
    ({ alias, trade, since }) =>
      `WHEN trade = ${quote(alias)} AND exam >= ${since} THEN ${trade === null ? "NULL" : quote(trade)}`,
  );
  return `CASE ${cases.join(" ")} ELSE trade END`;
}

const closingsAfter = (scratch: Scratch, origin: number): Promise<Closing[]> =>
  scratch.rows<Closing>(
    `SELECT a.alias, a.trade, a.since::INTEGER AS since FROM trade_aliases a JOIN trades t ON t.name = a.alias
     WHERE a.since > $origin ORDER BY a.alias`,
    { origin },
  );

const yearsOf = ({ origin, last }: Span) => Array.from({ length: last - origin }, (_, index) => origin + 1 + index);

const yearsUntil = (first: number) => (exam: number) =>
  Array.from({ length: Math.max(0, exam - first) }, (_, index) => first + index);

/** Everybody on the roster of the origin and the hires of later rosters, before the exams of each year. */
const presentPeople = (origin: number): ComingFacts => ({
  rows: `SELECT w.*, w."rosterRow" AS person, 0::SMALLINT AS since, ${heldSql("w.level")} AS held, ${origin}::SMALLINT AS seen
    FROM workers w WHERE w."rosterYear" = ${origin}
    UNION ALL BY NAME SELECT *, 0::SMALLINT AS since, ${heldSql("level")} AS held FROM run_hires`,
  before: yearsUntil(origin),
});

/** Those who may have been promoted, in every year after it. */
const promotedPeople = (origin: number, raised: string): ComingFacts => ({
  rows: `SELECT w.*, w."rosterRow" AS person, ${origin}::SMALLINT AS seen FROM workers w
    WHERE w."rosterYear" = ${origin} AND w."rosterRow" IN (SELECT person FROM ${raised})
    UNION ALL BY NAME SELECT * FROM run_hires`,
  raised: `FROM ${raised}`,
  before: yearsUntil(origin + 1),
});

/** Openings of another run of the same fit that reaches as far, and the rulebooks by which they were decided. */
export interface KnownOpenings {
  /** Temporary table. */
  readonly table: string;
  readonly library: RulebookLibrary;
}

const everything: Wanted = () => true;

/** Where a changed rulebook may decide otherwise. */
function changedSince(library: RulebookLibrary): Wanted {
  return (book, level) => {
    const before = library.books.get(book.id);
    return before?.lists !== book.lists || before.levels.get(level) !== book.levels.get(level);
  };
}

/**
 * Makes `run_openings` (exam, state, target, module, chance, alone, round, book): the levels open to each state of each person (see state.ts) in each
 * exam year, with the chance that planning finds them so. alone: no other level is open then. round: promotions before it. book: place of the
 * rulebook in the library. Given openings that are known, only the levels whose rules have changed are decided, and all levels for those who may
 * now be promoted when they could not before.
 */
export async function openLevels(
  scratch: Scratch,
  known: KnownRulebooks,
  span: Span,
  {
    before,
    onProgress,
  }: { readonly before?: KnownOpenings | undefined; readonly onProgress?: ((share: number) => void) | undefined } = {},
): Promise<void> {
  const { origin } = span;
  await scratch.run(
    `CREATE OR REPLACE TEMP TABLE run_openings (exam SMALLINT, state BIGINT, target TINYINT, module TINYINT, chance DOUBLE, alone BOOLEAN, round TINYINT,
       book SMALLINT)`,
  );
  const wanted = before ? changedSince(before.library) : everything;
  const changed = [...known.library.books.values()].flatMap((book, index) =>
    [...book.levels.keys()]
      .filter((level) => wanted(book, level))
      .map((level) => `(book = ${index} AND target = ${targetNumber(level)})`),
  );
  // The table is another run's, whose names `scratch` would take for its own.
  if (before) await scratch.c.run(`CREATE OR REPLACE TEMP VIEW ${scratch.table("run_before")} AS FROM ${before.table}`);
  if (before && changed.length === 0) {
    await scratch.run("INSERT INTO run_openings FROM run_before");
    return scratch.dropView("run_before");
  }
  await scratch.make(
    "run_hires",
    movedBack(
      `(SELECT w.*, d.person, d.enters AS seen, d.moved FROM run_donors d JOIN workers w ON w."rosterRow" = d.donor)`,
      "-moved",
    ).replace(/^SELECT \* EXCLUDE \(/, "SELECT * EXCLUDE (moved, "),
  );
  const years = yearsOf(span);
  const trade = tradeThen(await closingsAfter(scratch, origin));
  const keep = (round: number, of: string) =>
    before &&
    scratch.run(
      `INSERT INTO run_openings SELECT * REPLACE (true AS alone) FROM run_before WHERE round = ${round} AND NOT (${changed.join(" OR ")}) AND ${of}`,
    );
  const told = (round: number) => (share: number) => onProgress?.((round + share) / (promotions + 1));
  await keep(0, "true");
  await decide(scratch, known, { ...presentPeople(origin), trade }, span, { years, round: 0, wanted, told: told(0) });
  for (let round = 1; round <= promotions; round++) {
    const raisedBy = (openings: string) =>
      `SELECT DISTINCT ${personIn("state")} AS person, exam AS since, target AS held FROM ${openings}
       WHERE round = ${round - 1} AND target < 5 AND exam < ${span.last}`;
    await scratch.make("run_raised", raisedBy("run_openings"));
    const deciding = { years: years.slice(1), round, wanted, told: told(round) };
    await keep(round, `state IN (SELECT ${stateOf("person", "since", "held", origin)} FROM run_raised)`);
    if (await hasRows(scratch, "run_raised")) {
      await decide(scratch, known, { ...promotedPeople(origin, "run_raised"), trade }, span, deciding);
    }
    if (!before) continue;
    await scratch.make("run_raised_anew", `FROM run_raised EXCEPT ${raisedBy("run_before")}`);
    if (await hasRows(scratch, "run_raised_anew")) {
      const others: Wanted = (book, level) => !wanted(book, level);
      const people = { ...promotedPeople(origin, "run_raised_anew"), trade };
      await decide(scratch, known, people, span, { ...deciding, wanted: others });
    }
  }
  await scratch.drop("run_raised", "run_raised_anew", "run_hires");
  await scratch.dropView("run_before");
  await findSeveral(scratch);
}

async function hasRows(scratch: Scratch, table: string): Promise<boolean> {
  const [row] = await scratch.rows<{ some: boolean }>(`SELECT EXISTS (FROM ${table}) AS some`);
  return row?.some === true;
}

interface Deciding {
  readonly years: readonly number[];
  readonly round: number;
  readonly wanted: Wanted;
  readonly told: (share: number) => void;
}

async function decide(
  scratch: Scratch,
  known: KnownRulebooks,
  people: ComingFacts,
  { origin, districts }: Span,
  { years, round, wanted, told }: Deciding,
): Promise<void> {
  const steps = `(p.exam - ${origin + 1})`;
  const books = [...known.library.books.keys()];
  const all = decisions(known, people, districts, years, wanted);
  for (const [index, { rulebook, standing, decided, on }] of all.entries()) {
    const book = quote(rulebook);
    await scratch.run(
      `INSERT INTO run_openings
       WITH standing AS MATERIALIZED (${standing}),
       open AS MATERIALIZED (
         SELECT d.*, coalesce(k.keep, ${usualKeep}) AS keep, g.gain
         FROM (${decided("standing")}) d
         LEFT JOIN forecast_keep k ON k.rulebook = ${book} AND k.target = d.target
         LEFT JOIN forecast_gain g ON d.planning <> 2 AND g.rulebook = ${book} AND g.target = d.target AND g.blocking = d.blocking
         WHERE d.planning = 2 OR g.gain IS NOT NULL
       )
       SELECT exam, ${stateOf("person", "since", "held", origin)}, target, (CASE WHEN module IN (3, 4, 5) THEN 2 WHEN module IN (1, 2) THEN 1 ELSE 0 END)::TINYINT, chance,
         true, ${round}, ${books.indexOf(rulebook)}
       FROM (
         SELECT p.*, d.target, d.module, CASE WHEN d.planning = 2 THEN power(d.keep, ${steps}) ELSE 1 - power(1 - d.gain, ${steps}) END AS chance
         FROM standing p JOIN open d ON ${on}
       )
       WHERE chance >= ${leastChance}`,
    );
    told((index + 1) / all.length);
  }
}

/** Hardly any state has several levels open at a time. */
const findSeveral = (scratch: Scratch): Promise<void> =>
  scratch.run(
    `UPDATE run_openings AS o SET alone = false
     FROM (SELECT exam, state FROM run_openings GROUP BY ALL HAVING count(*) > 1) s WHERE s.exam = o.exam AND s.state = o.state`,
  );
