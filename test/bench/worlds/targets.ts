/** What a forecast of a world has to reach, by measure and grouping. */
import type { CellGrouping } from "./futures.ts";
import type { Verdict } from "./judge.ts";
import type { Measure } from "./tally.ts";

export interface Check {
  readonly name: "last year" | "3-year mean" | "oracle" | "coverage 80" | "coverage 95" | "bias" | "distance";
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly passed: boolean;
  /** False where the oracle itself would miss it: then it is not held against the forecast. */
  readonly reachable: boolean;
}

const lastYear: Readonly<Record<Measure, Partial<Record<CellGrouping, number>>>> = {
  planningEligible: { unit: 0.5, trade: 0.3, district: 0.3 },
  applicants: { unit: 0.82, trade: 0.82, district: 0.82 },
  quotaUsed: { unit: 0.7, district: 0.75 },
  passes: { unit: 0.82, trade: 0.82, district: 0.82 },
};
const bias: Readonly<Record<Measure, number>> = {
  planningEligible: 0.02,
  applicants: 0.04,
  quotaUsed: 0.07,
  passes: 0.04,
};
/** Of applicants; units of twenty people are further off than units of two hundred. */
const distance: Partial<Record<CellGrouping, number>> = { unit: 0.14, trade: 0.06, total: 0.035 };
const tinyUnits = 0.24;

/** The checks that hold in every world. */
export function checksOf(verdict: Verdict): Check[] {
  const { measure, grouping, model, oracle } = verdict;
  const checks: Check[] = [];
  const check = (name: Check["name"], value: number, most: number, least = Number.NEGATIVE_INFINITY, best = 0) => {
    const reachable = best <= most;
    checks.push({ name, value, least, most, reachable, passed: !reachable || (value >= least && value <= most) });
  };
  const toLast = lastYear[measure][grouping];
  // What is known for certain can be no better than right.
  const certain = oracle < 1e-9;
  if (toLast !== undefined) check("last year", model / verdict.lastYear, toLast, undefined, oracle / verdict.lastYear);
  const behaviour = measure === "applicants" || measure === "passes";
  if (grouping !== "total") {
    if (behaviour) check("3-year mean", model / verdict.threeYearMean, 0.95, undefined, oracle / verdict.threeYearMean);
    check("oracle", certain ? 1 + model : model / oracle, certain ? 1 + 1e-6 : 1.15);
    check("coverage 80", verdict.coverage80, 0.87, 0.75);
    check("coverage 95", verdict.coverage95, 0.985, 0.92);
  }
  return checks;
}

/** What holds on average over worlds only: in a single one a few unusual years are enough to miss it. `tiny`: its units have some twenty people. */
export function checksOfAll(verdicts: readonly { readonly verdict: Verdict; readonly tiny: boolean }[]): Check[] {
  const [first] = verdicts;
  if (!first) return [];
  const { measure, grouping } = first.verdict;
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const within = (name: Check["name"], value: number, least: number, most: number): Check => ({
    name,
    value,
    least,
    most,
    reachable: true,
    passed: value >= least && value <= most,
  });
  const checks: Check[] = [];
  if (grouping === "total") {
    checks.push(within("bias", mean(verdicts.map(({ verdict }) => verdict.bias)), -bias[measure], bias[measure]));
  }
  const far = measure === "applicants" ? distance[grouping] : undefined;
  if (far !== undefined) {
    const most = mean(verdicts.map(({ tiny }) => (tiny && grouping === "unit" ? tinyUnits : far)));
    checks.push(within("distance", mean(verdicts.map(({ verdict }) => verdict.distance)), 0, most));
  }
  return checks;
}
