/** How many decisions of the coming years a changed rulebook changes: both rulebooks side by side on the same roster. */
import { bindLevel } from "../../rules/bind.ts";
import type { Rulebook } from "../../rules/rulebook.ts";
import { yearlyMasks } from "../../rules/sql-years.ts";
import { quote } from "../../rules/term.ts";
import type { Connection } from "../../store/index.ts";
import { type ComingFacts, comingFacts, factsThen } from "../coming-facts.ts";
import { heldSql } from "../history.ts";
import type { Ground, Served } from "./ground.ts";

/** Decisions: each a person in one exam year. */
export interface DecidedCount {
  /** Can come forward only with the change, or only without it. */
  readonly gained: number;
  readonly lost: number;
  /** Stopped, perhaps among others, by the condition that is changed. */
  readonly stopped: number;
}

/** More people than this are looked at in the first and the last year only. */
const many = 100_000;

/** The people on the roster of the origin, as they stand before the exams of the coming years; nobody is promoted meanwhile. */
export async function countChanged(
  c: Connection,
  { origin, workers }: Ground,
  { level, places, years }: Served,
  before: Rulebook,
  after: Rulebook,
  condition: string | undefined,
): Promise<DecidedCount> {
  const looked = workers > many ? years.filter((year) => year === years[0] || year === years.at(-1)) : years;
  const people: ComingFacts = {
    rows: `SELECT w.*, w."rosterRow" AS person, 0::SMALLINT AS since, ${heldSql("w.level")} AS held, ${origin}::SMALLINT AS seen
      FROM workers w WHERE w."rosterYear" = ${origin} AND w.district IN (${places.map(({ code }) => quote(code)).join(", ")})`,
    before: () => [origin],
  };
  const bits = bindLevel(before, level, looked[0])
    .conditions.filter((item) => item.condition.key === condition || item.condition.id === condition)
    .reduce((mask, { bit }) => mask | (1n << BigInt(bit)), 0n);
  const bound = new Map(
    looked.map((year) => [year, [bindLevel(before, level, year), bindLevel(after, level, year)]] as const),
  );
  const total = { gained: 0, lost: 0, stopped: 0 };
  for (const masks of yearlyMasks(bound)) {
    const states = masks.states.join(", ");
    const sums = masks.sums({
      relation: comingFacts(people, 0),
      keys: ["person", "since"],
      yearly: factsThen(people, 0),
      equal: ["p.seen"],
      times: masks.years.flatMap((year) => people.before(year).map((seen) => [year, seen] as const)),
    });
    const [row] = await c.rows<DecidedCount>(
      `WITH standing AS MATERIALIZED (SELECT ${states}, count(*) AS n FROM (${sums}) GROUP BY ALL),
       decided AS MATERIALIZED (${masks.decided(`(SELECT ${states} FROM standing)`)}),
       compared AS (
         SELECT n, bool_or(level = 0 AND planning = 2) AS was, bool_or(level = 1 AND planning = 2) AS becomes,
           bool_or(level = 0 AND (blocking & ${bits}::UBIGINT) <> 0) AS stopped
         FROM standing s JOIN decided d ON ${masks.states.map((name) => `d.${name} = s.${name}`).join(" AND ")}
         GROUP BY ${masks.states.map((name) => `s.${name}`).join(", ")}, n
       )
       SELECT coalesce(sum(n) FILTER (becomes AND NOT was), 0)::INTEGER AS gained,
         coalesce(sum(n) FILTER (was AND NOT becomes), 0)::INTEGER AS lost, coalesce(sum(n) FILTER (stopped), 0)::INTEGER AS stopped
       FROM compared`,
    );
    for (const name of ["gained", "lost", "stopped"] as const) total[name] += row?.[name] ?? 0;
  }
  return total;
}
