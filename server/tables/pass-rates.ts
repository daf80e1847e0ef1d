/**
 * Pass rates with what would be expected, and which groups are further from it than chance explains.
 *
 * Expected are the passes of people like these: the rate of each level, for the first time and again, pooled over the exam year and
 * the two before it, of all districts the caller sees. Filters on what is grouped by choose rows and leave the comparison as it is, so that a
 * unit bears the same signal wherever it is shown; other filters narrow the people. Limits and signals: `statistics/funnel.ts`.
 */
import { funnel, type Judged } from "../statistics/funnel.ts";
import { wilson } from "../statistics/wilson.ts";
import { type Connection, namedQuery, type Row } from "../store/index.ts";
import { type Grouping, groupColumns } from "./grouping.ts";
import { type ColumnType, madeTable } from "./made.ts";
import { sortedBy } from "./sorted.ts";
import { stagedParameters } from "./stages.ts";
import type { Statement, TableRequest } from "./tables.ts";

/** Exam years whose rates make the expectation. */
const pooledYears = 3;

/** Columns with a list of people behind them, and the measure of the list. */
export const passMeasures = ["applied", "examined", "passed"] as const;

const figures = {
  applications: "INTEGER",
  examined: "INTEGER",
  passed: "INTEGER",
  passRate: "DOUBLE",
  low95: "DOUBLE",
  high95: "DOUBLE",
  signal: "VARCHAR",
  again: "INTEGER",
  expected: "DOUBLE",
  expectedRate: "DOUBLE",
  limitLow: "DOUBLE",
  limitHigh: "DOUBLE",
  falseDiscovery: "DOUBLE",
  between: "DOUBLE",
} as const satisfies Record<string, ColumnType>;

export const passRateColumns = Object.keys(figures) as (keyof typeof figures)[];

interface Part extends Row {
  readonly level: string;
  readonly again: boolean;
  readonly now: boolean;
  readonly inDistrict: boolean;
  readonly inTrade: boolean;
  readonly inUnit: boolean;
  readonly applications: number;
  readonly examined: number;
  readonly passed: number;
}

interface Group {
  readonly keys: Row;
  /** The filters on what is grouped by hold. */
  readonly shown: boolean;
  applications: number;
  examined: number;
  passed: number;
  again: number;
  expected: number;
  variance: number;
}

const kindOf = ({ level, again }: Part) => `${level} ${again}`;

/** The pass rate of each level, first and again, 0…1. */
function usualRates(parts: readonly Part[]): ReadonlyMap<string, number> {
  const sums = new Map<string, { examined: number; passed: number }>();
  for (const part of parts) {
    const sum = sums.get(kindOf(part)) ?? { examined: 0, passed: 0 };
    sums.set(kindOf(part), { examined: sum.examined + part.examined, passed: sum.passed + part.passed });
  }
  return new Map([...sums].map(([kind, { examined, passed }]) => [kind, examined === 0 ? 0 : passed / examined]));
}

/** Whether a part counts: filters on what is not grouped by narrow the people. */
function isAsked(part: Part, by: readonly Grouping[]): boolean {
  const byPlace = by.includes("unit");
  return (
    (byPlace || by.includes("district") || part.inDistrict) &&
    (by.includes("trade") || part.inTrade) &&
    (byPlace || part.inUnit)
  );
}

function groupsOf(parts: readonly Part[], by: readonly Grouping[]): Group[] {
  const names = groupColumns(by);
  const rates = usualRates(parts);
  const groups = new Map<string, Group>();
  for (const part of parts) {
    if (!part.now || !isAsked(part, by)) continue;
    const keys = Object.fromEntries(names.map((name) => [name, part[name] ?? null]));
    const key = JSON.stringify(Object.values(keys));
    const shown = part.inDistrict && part.inTrade && part.inUnit;
    const group: Group = groups.get(key) ?? {
      ...{ keys, shown, applications: 0, examined: 0, passed: 0, again: 0, expected: 0, variance: 0 },
    };
    groups.set(key, group);
    const rate = rates.get(kindOf(part)) ?? 0;
    group.applications += part.applications;
    group.examined += part.examined;
    group.passed += part.passed;
    if (part.again) group.again += part.examined;
    group.expected += part.examined * rate;
    group.variance += part.examined * rate * (1 - rate);
  }
  return [...groups.values()];
}

function rowOf(group: Group, judged: Judged, between: number, examYear: number): Row {
  const { keys, applications, examined, passed, again, expected } = group;
  const interval = wilson(passed, examined);
  return {
    ...keys,
    examYear,
    applications,
    examined,
    passed,
    passRate: examined === 0 ? null : passed / examined,
    low95: interval?.low ?? null,
    high95: interval?.high ?? null,
    signal: judged.signal,
    again,
    expected,
    expectedRate: examined === 0 ? null : expected / examined,
    limitLow: judged.limitLow,
    limitHigh: judged.limitHigh,
    falseDiscovery: judged.q,
    between,
  };
}

/**
 * One row per group with an application in the exam year. `again`: of examined, those who had applied for the level before;
 * `between`: variance between the groups besides chance (tau², the same in every row). Throws bad-input on a filter.
 */
export async function passRatesTable(c: Connection, request: TableRequest): Promise<Statement> {
  const { by, year } = request;
  const params = await stagedParameters(c, request, year - pooledYears + 1);
  // sums of fractions depend on the order: the same parts in the same order each time
  const parts = await c.rows<Part>(`SELECT * FROM (${namedQuery("pass-rates")}) AS parts ORDER BY ALL`, {
    ...params,
    by,
  });
  const groups = groupsOf(parts, by);
  const { judged, between } = funnel(
    groups.map(({ examined, passed, expected, variance }) => ({
      people: examined,
      successes: passed,
      expected,
      variance,
    })),
  );
  const rows = groups.flatMap((group, index) => {
    const found = judged[index];
    return group.shown && found ? [rowOf(group, found, between, year)] : [];
  });
  const keys = Object.fromEntries(groupColumns(by).map((key): [string, ColumnType] => [key, "VARCHAR"]));
  return madeTable({ ...keys, examYear: "INTEGER", ...figures }, sortedBy(rows, by));
}
