/** What changes are held against: the data, and the rulebooks that will decide in the coming years. */
import { badInput } from "../../errors.ts";
import { type TargetLevel, targetLevels } from "../../rules/facts.ts";
import type { RulebookLibrary } from "../../rules/rulebook.ts";
import type { Connection } from "../../store/index.ts";
import { type KnownRulebooks, servingBook } from "../served.ts";
import type { Setting } from "./apply.ts";

/** Exam years after the origin that scenarios reckon with. */
export const scenarioYears = 5;

export interface Place {
  readonly code: string;
  readonly name: string;
}

/** A trade and how many on the roster of the origin have it. */
export interface TradeCount {
  readonly name: string;
  readonly general: boolean;
  readonly workers: number;
}

/** Where and when a rulebook decides a level. */
export interface Served {
  readonly rulebook: string;
  readonly level: TargetLevel;
  readonly places: readonly Place[];
  readonly years: readonly number[];
}

export interface Ground {
  readonly origin: number;
  readonly newest: number;
  /** Exam years, ascending. */
  readonly years: readonly number[];
  readonly workers: number;
  readonly hasHistory: boolean;
  readonly known: KnownRulebooks;
  readonly trades: readonly TradeCount[];
  readonly served: readonly Served[];
}

/** Throws bad-input where there is no such roster, or none at all. */
export async function groundOf(c: Connection, library: RulebookLibrary, asked: number | undefined): Promise<Ground> {
  const rosters = await c.rows<{ year: number; n: number }>(
    `SELECT "rosterYear"::INTEGER AS year, count(*)::INTEGER AS n FROM workers GROUP BY 1 ORDER BY 1`,
  );
  const newest = rosters.at(-1)?.year;
  if (newest === undefined)
    throw badInput("尚未导入人员名册", "there is no roster yet", { property: "origin", value: null });
  const origin = asked ?? newest;
  const roster = rosters.find(({ year }) => year === origin);
  if (!roster) {
    const allowed = rosters.map(({ year }) => year);
    throw badInput(
      `没有 ${origin} 年的人员名册（可用：${allowed.join("、")}）`,
      `no roster of ${origin} (expected one of ${allowed.join(", ")})`,
      { property: "origin", value: origin, allowed },
    );
  }
  const places = await c.rows<Place>(
    `SELECT w.district AS code, coalesce(any_value(d.name), w.district) AS name
     FROM (SELECT DISTINCT district FROM workers WHERE "rosterYear" = ${origin}) w LEFT JOIN districts d ON d.code = w.district
     GROUP BY w.district ORDER BY 1`,
  );
  const trades = await c.rows<TradeCount>(
    `SELECT coalesce(t.name, w.trade) AS name, coalesce(t.general, false) AS general, coalesce(w.n, 0)::INTEGER AS workers
     FROM trades t
     FULL JOIN (SELECT trade, count(*) AS n FROM workers WHERE "rosterYear" = ${origin} AND trade IS NOT NULL GROUP BY trade) w
       ON w.trade = t.name
     ORDER BY workers DESC, name`,
  );
  const [applied] = await c.rows<{ n: number }>(
    `SELECT count(*)::INTEGER AS n FROM applications WHERE "examYear" <= ${origin}`,
  );
  const years = Array.from({ length: scenarioYears }, (_, index) => origin + 1 + index);
  // In retrospect, what was announced later was not known.
  const known = { library, until: origin < newest ? origin : Number.POSITIVE_INFINITY };
  return {
    origin,
    newest,
    years,
    workers: roster.n,
    hasHistory: (applied?.n ?? 0) > 0,
    known,
    trades,
    served: servedBy(known, places, years),
  };
}

function servedBy(known: KnownRulebooks, places: readonly Place[], years: readonly number[]): Served[] {
  const found = new Map<string, { rulebook: string; level: TargetLevel; places: Set<Place>; years: Set<number> }>();
  for (const year of years) {
    for (const level of targetLevels) {
      for (const place of places) {
        const rulebook = servingBook(known, place.code, level, year)?.id;
        if (rulebook === undefined) continue;
        const key = `${rulebook} ${level}`;
        const one = found.get(key) ?? { rulebook, level, places: new Set(), years: new Set() };
        found.set(key, one);
        one.places.add(place);
        one.years.add(year);
      }
    }
  }
  return [...found.values()].map((one) => ({ ...one, places: [...one.places], years: [...one.years] }));
}

/** What changes are applied to. */
export const settingOf = ({ known, trades, served }: Ground): Setting => ({
  library: known.library,
  trades: trades.map(({ name }) => name),
  inUse: [...new Set(served.map(({ rulebook }) => rulebook))],
});
