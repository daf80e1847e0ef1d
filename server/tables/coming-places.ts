/** Places of the coming exam years and who asks for them, unit × trade × level, as the base run of a forecast has them. */
import { nano, targetNumber } from "../forecast/cells.ts";
import type { Desk } from "../forecast/desk-types.ts";
import type { Run } from "../forecast/index.ts";
import { Scratch } from "../forecast/scratch.ts";
import { leavingBand } from "../forecast/separations.ts";
import { type TargetLevel, targetLevels } from "../rules/facts.ts";
import type { Connection } from "../store/index.ts";
import { allTrades, type Filters } from "./filters.ts";
import { type ModelledUnit, placesOf } from "./modelled-places.ts";

/** Means of one exam year; places: 0 … 3 or more used. */
export interface ComingYear {
  readonly examYear: number;
  readonly quota: number;
  readonly candidates: number;
  readonly used: number;
  /** Places used besides, were there one more: Pr(candidates > places). */
  readonly oneMore: number;
  readonly places: readonly [number, number, number, number];
}

export interface ComingPlaces extends ModelledUnit {
  /** 全部工种 where the quota holds for the unit as a whole. */
  readonly trade: string | null;
  readonly targetLevel: TargetLevel;
  /** Every exam year of the forecast after the newest with applications, ascending, at least one. */
  readonly years: readonly ComingYear[];
}

interface CellRow {
  readonly unitId: number;
  readonly tradeId: number;
  readonly target: number;
  readonly examYear: number;
  readonly quota: number;
  readonly candidates: number;
  readonly used: number;
  readonly oneMore: number;
  readonly used0: number;
  readonly used1: number;
  readonly used2: number;
  readonly used3: number;
}

/** A year in which no place can be and nobody would ask for one. */
const nothing = (examYear: number): ComingYear => ({
  ...{ examYear, quota: 0, candidates: 0, used: 0, oneMore: 0 },
  places: [1, 0, 0, 0],
});

/** The years of a unit and trade in which no place will be. */
export const noYears = (base: Run, after: number): ComingYear[] => {
  const first = Math.max(base.from, after + 1);
  return Array.from({ length: Math.max(0, base.to + 1 - first) }, (_, index) => nothing(first + index));
};

const figures = ["quota", "candidates", "used", "oneMore", "used0", "used1", "used2", "used3"] as const;

/** Where a quota holds, within the filters, in exam years after the one given. By district, unit, trade and level. */
export async function comingPlaces(
  c: Connection,
  { fit, base }: Desk,
  { scope, district, unit, trade, level }: Omit<Filters, "year">,
  after: number,
): Promise<ComingPlaces[]> {
  const { units, trades } = await placesOf(c, fit, scope);
  const rows = await c.rows<CellRow>(
    `SELECT "examYear"::INTEGER AS "examYear", "unitId", "tradeId", target::INTEGER AS target,
       ${figures.map((name) => `"${name}"::DOUBLE / ${nano} AS "${name}"`).join(", ")}
     FROM ${base.cells}
     WHERE quota IS NOT NULL AND "examYear" > $after::INTEGER AND ($target::INTEGER IS NULL OR target = $target::INTEGER)
     ORDER BY "unitId", "tradeId", target, "examYear"`,
    { after, target: level === undefined ? null : targetNumber(level) },
  );
  const found = new Map<string, ComingPlaces & { years: ComingYear[] }>();
  const first = Math.max(base.from, after + 1);
  for (const { unitId, tradeId, target, used0, used1, used2, used3, ...year } of rows) {
    const place = units.get(unitId);
    const targetLevel = targetLevels[target - 1];
    const ownTrade = tradeId < 0 ? allTrades : (trades.get(tradeId) ?? null);
    if (!place || !targetLevel || (district !== undefined && !place.ancestors.includes(district))) continue;
    if ((unit !== undefined && place.unit !== unit) || (trade !== undefined && ownTrade !== trade)) continue;
    const key = `${unitId} ${tradeId} ${target}`;
    const one = found.get(key) ?? { ...place, trade: ownTrade, targetLevel, years: noYears(base, after) };
    found.set(key, one);
    one.years[year.examYear - first] = { ...year, places: [used0, used1, used2, used3] };
  }
  return [...found.values()];
}

/** Share used ÷ candidates of years; null where nobody asks for a place. */
export function chanceOf(years: readonly { readonly used: number; readonly candidates: number }[]): number | null {
  const candidates = years.reduce((sum, year) => sum + year.candidates, 0);
  return candidates > 0 ? Math.min(1, years.reduce((sum, year) => sum + year.used, 0) / candidates) : null;
}

const retiringYears = 5;

/**
 * Share 0…1 of those who could come forward for each level that leaves in a year, by retirement or otherwise: retirements of the coming
 * five years spread evenly, and the rates at which people of their age and sex have left.
 */
export async function yearlyLosses(c: Connection, { fit, base }: Desk): Promise<ReadonlyMap<TargetLevel, number>> {
  if (base.people === null) return new Map();
  const { origin } = fit;
  const scratch = new Scratch(c, fit.suffix);
  const sql = scratch.text(
    `SELECT p.target::INTEGER AS target,
       sum(CASE WHEN f.retires < ${(origin + 1 + retiringYears) * 12} THEN p.eligible ELSE 0 END)::DOUBLE / sum(p.eligible) AS retiring,
       (sum(round(p.eligible * l.rate)::BIGINT)::DOUBLE / sum(p.eligible)) AS leaving
     FROM base_people p
     JOIN forecast_past f ON f."rosterRow" = p.person AND f."rosterYear" = ${origin}
     JOIN forecast_leaving l ON l.sex = f.sex AND l.band = ${leavingBand(String(origin + 1), "f.born", "f.retires")}
     WHERE p."examYear" = ${origin + 1} AND NOT p.hire AND p.eligible > 0
     GROUP BY p.target ORDER BY p.target`,
  );
  const rows = await c.rows<{ target: number; retiring: number; leaving: number }>(
    sql.replace("base_people", base.people),
  );
  return new Map(
    rows.flatMap(({ target, retiring, leaving }) => {
      const level = targetLevels[target - 1];
      const stay = (1 - Math.min(retiring, 0.999)) ** (1 / retiringYears) * (1 - leaving);
      return level ? [[level, Math.min(0.95, Math.max(0, 1 - stay))] as const] : [];
    }),
  );
}
