/**
 * Units, trades and districts where more or fewer come forward, or pass, than the forecast's model expects of people like theirs.
 *
 * Three exam years together, the newest with applications up to the one asked for. Expectations leave out the effects of what is
 * grouped by (`expected.ts`); limits, over-dispersion and signals: `statistics/funnel.ts`. Filters on what is grouped by choose rows
 * and leave the comparison as it is, other filters narrow the people.
 *
 *   shrunk   the rate to go by where there are few people: the expected one and as much of the group's own difference as the
 *            spread between groups bears out
 */

import { badInput } from "../errors.ts";
import type { Fit } from "../forecast/index.ts";
import { targetLevels } from "../rules/facts.ts";
import { type Funnel, funnel, type Judged } from "../statistics/funnel.ts";
import type { Connection, Row } from "../store/index.ts";
import { type ExpectedPart, expectedParts, type OutlierMeasure, outlierMeasures } from "./expected.ts";
import { filterParameters, unknownTrade } from "./filters.ts";
import { groupColumns } from "./grouping.ts";
import { type ColumnType, madeTable } from "./made.ts";
import { type Placed, placesOf } from "./modelled-places.ts";
import { sortedBy } from "./sorted.ts";
import type { Statement, TableRequest } from "./tables.ts";

const windowYears = 3;

const figures = {
  windowFrom: "INTEGER",
  windowTo: "INTEGER",
  measure: "VARCHAR",
  people: "INTEGER",
  observed: "INTEGER",
  expected: "DOUBLE",
  difference: "DOUBLE",
  rate: "DOUBLE",
  expectedRate: "DOUBLE",
  shrunk: "DOUBLE",
  signal: "VARCHAR",
  z: "DOUBLE",
  falseDiscovery: "DOUBLE",
  limitLow: "DOUBLE",
  limitHigh: "DOUBLE",
  between: "DOUBLE",
} as const satisfies Record<string, ColumnType>;

interface Group {
  readonly keys: Row;
  /** The filters on what is grouped by hold. */
  readonly shown: boolean;
  people: number;
  observed: number;
  expected: number;
  variance: number;
}

/** Years the model learned from, the newest of them up to the one asked for and at most two before it; undefined where there is none. */
function windowOf(fit: Fit, year: number): { from: number; to: number } | undefined {
  const to = Math.max(...fit.years.filter((one) => one <= year));
  if (!Number.isFinite(to)) return undefined;
  return { from: Math.min(...fit.years.filter((one) => one > to - windowYears && one <= to)), to };
}

/** Throws bad-input on a filter, and where nothing is grouped by that could stand out. No rows where the model has no history. */
export async function outliersTable(c: Connection, fit: Fit, request: TableRequest): Promise<Statement> {
  const { by, year } = request;
  if (!by.some((name) => name !== "level")) {
    throw badInput(
      "of=outliers 需要分组 by，含 unit、trade 或 district",
      "of=outliers needs by with unit, trade or district",
      { property: "by", value: by.join(","), allowed: ["unit", "trade", "district"] },
    );
  }
  await filterParameters(c, request);
  const window = windowOf(fit, year);
  const rows: Row[] = [];
  if (window) {
    const places = await placesOf(c, fit, request.scope);
    for (const measure of outlierMeasures) {
      const parts = await expectedParts(c, fit, { by, measure, ...window });
      rows.push(...judgedRows(groupsOf(parts, places, request), { measure, year, ...window }));
    }
  }
  const keys = Object.fromEntries(groupColumns(by).map((key): [string, ColumnType] => [key, "VARCHAR"]));
  return madeTable({ ...keys, examYear: "INTEGER", ...figures }, sortedBy(rows, by));
}

function groupsOf(
  parts: readonly ExpectedPart[],
  { units, trades }: Placed,
  { by, level, district, trade, unit }: TableRequest,
): Group[] {
  const names = groupColumns(by);
  const byPlace = by.includes("unit");
  const groups = new Map<string, Group>();
  for (const part of parts) {
    const place = units.get(part.unitId);
    const targetLevel = targetLevels[part.target - 1];
    // not the caller's, or not of the level asked for
    if (!place || (level !== undefined && targetLevel !== level)) continue;
    const ownTrade = trades.get(part.tradeId) ?? null;
    const inDistrict = district === undefined || place.ancestors.includes(district);
    const inTrade = trade === undefined || (ownTrade ?? unknownTrade) === trade;
    const inUnit = unit === undefined || place.unit === unit;
    if (
      !((byPlace || by.includes("district") || inDistrict) && (by.includes("trade") || inTrade) && (byPlace || inUnit))
    )
      continue;
    const all: Row = { ...place, trade: ownTrade, targetLevel: targetLevel ?? null };
    const keys = Object.fromEntries(names.map((name) => [name, all[name] ?? null]));
    const key = JSON.stringify(Object.values(keys));
    const group = groups.get(key) ?? {
      ...{ keys, shown: inDistrict && inTrade && inUnit, people: 0, observed: 0, expected: 0, variance: 0 },
    };
    groups.set(key, group);
    group.people += part.people;
    group.observed += part.observed;
    group.expected += part.expected;
    group.variance += part.variance;
  }
  return [...groups.values()];
}

interface Told {
  readonly measure: OutlierMeasure;
  readonly year: number;
  readonly from: number;
  readonly to: number;
}

function judgedRows(groups: readonly Group[], told: Told): Row[] {
  const found = funnel(groups.map(({ observed: successes, ...group }) => ({ ...group, successes })));
  return groups.flatMap((group, index) => {
    const judged = found.judged[index];
    return group.shown && judged ? [rowOf(group, judged, found, told)] : [];
  });
}

function rowOf(group: Group, judged: Judged, { between }: Funnel, { measure, year, from, to }: Told): Row {
  const { keys, people, observed, expected, variance } = group;
  const chance = variance / people ** 2;
  const borne = between + chance > 0 ? between / (between + chance) : 0;
  const difference = observed - expected;
  return {
    ...keys,
    examYear: year,
    windowFrom: from,
    windowTo: to,
    measure,
    people,
    observed,
    expected,
    difference,
    rate: observed / people,
    expectedRate: expected / people,
    shrunk: Math.min(1, Math.max(0, (expected + borne * difference) / people)),
    signal: judged.signal,
    z: judged.z,
    falseDiscovery: judged.q,
    limitLow: judged.limitLow,
    limitHigh: judged.limitHigh,
    between,
  };
}
