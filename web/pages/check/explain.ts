/** Pure: what of an evaluation result is told first. */
import type { ConditionResult, EvaluationResult, Outcome, PathwayResult } from "../../api/types.ts";

/** The pathway the blocking conditions are of: the first in which all of them are unmet. */
export function blockedPathway({ blocking, pathways }: EvaluationResult): PathwayResult | undefined {
  if (blocking.length === 0) return undefined;
  return pathways.find(({ conditions }) =>
    blocking.every((id) => conditions.some((one) => one.id === id && one.outcome === "unmet")),
  );
}

/** The blocking conditions with their sentences. */
export function blockingConditions(result: EvaluationResult): readonly ConditionResult[] {
  const pathway = blockedPathway(result);
  return result.blocking.flatMap(
    (id) => pathway?.conditions.find((one) => one.id === id && one.outcome === "unmet") ?? [],
  );
}

/** The pathways to open at first: the met ones; else the one told about; else those still open; else the first. */
export function openPathways(result: EvaluationResult): readonly string[] {
  const met = result.pathways.filter(({ outcome }) => outcome === "met");
  const blocked = blockedPathway(result);
  const unknown = result.pathways.filter(({ outcome }) => outcome === "unknown").slice(0, 1);
  const first = [met.slice(0, 1), blocked ? [blocked] : [], unknown, result.pathways.slice(0, 1)].find(
    (some) => some.length > 0,
  );
  return (first ?? []).map(({ id }) => id);
}

export interface Progress {
  readonly met: number;
  readonly unmet: number;
  readonly unknown: number;
  readonly all: number;
}

/** How many of the conditions that count are met or waived, unmet, and open. */
export function progress({ conditions }: Pick<PathwayResult, "conditions">): Progress {
  const outcomes = conditions.filter(({ advisory }) => !advisory).map(({ outcome }) => outcome);
  const count = (...wanted: readonly Outcome[]) => outcomes.filter((one) => wanted.includes(one)).length;
  return { met: count("met", "waived"), unmet: count("unmet"), unknown: count("unknown"), all: outcomes.length };
}
