/** How many workers of a roster two rulebooks decide differently. */
import { type Scope, scopeParameter } from "../access/scope.ts";
import { bindLevel } from "../rules/bind.ts";
import type { Decision } from "../rules/evaluate.ts";
import { type TargetLevel, targetLevels } from "../rules/facts.ts";
import type { Rulebook } from "../rules/rulebook.ts";
import { maskSelect } from "../rules/sql.ts";
import type { Connection } from "../store/index.ts";

/** Workers whom one rulebook decides so and the other otherwise. */
export interface DecisionChange {
  readonly from: Decision;
  readonly to: Decision;
  readonly workers: number;
}

export interface LevelPopulation {
  readonly level: TargetLevel;
  /** All who were decided by both. */
  readonly workers: number;
  /** Of the decision; who stays as he is is not among them. */
  readonly changes: readonly DecisionChange[];
  /** Of the planning decision. */
  readonly planningChanges: readonly DecisionChange[];
}

export interface Population {
  /** The workers on 31 December of this year … */
  readonly rosterYear: number;
  /** … decided by both rulebooks for the year after it. */
  readonly examYear: number;
  readonly levels: readonly LevelPopulation[];
}

/** As the bulk back end numbers them. */
const decisions: readonly Decision[] = ["ineligible", "undetermined", "eligible"];

interface Counted {
  readonly before: number;
  readonly after: number;
  readonly planningBefore: number;
  readonly planningAfter: number;
  readonly workers: number;
}

/** Decides the whole roster of an exam year by both rulebooks, whichever serves a district, at every level that both cover. */
export async function comparePopulation(
  c: Connection,
  a: Rulebook,
  b: Rulebook,
  { examYear, scope }: { readonly examYear: number; readonly scope: Scope },
): Promise<Population> {
  const rosterYear = examYear - 1;
  const roster = `(
    SELECT w.*
    FROM workers w
    JOIN districts d ON d.code = w.district
    WHERE w."rosterYear" = ${rosterYear}
      AND (list_contains($scope::VARCHAR[], '*') OR list_has_any(d.ancestors, $scope::VARCHAR[]))
  )`;
  const decided = (book: Rulebook, level: TargetLevel) =>
    `(${maskSelect(bindLevel(book, level, examYear), roster, ["rosterRow"])})`;
  const levels: LevelPopulation[] = [];
  for (const level of targetLevels) {
    if (!a.levels.has(level) || !b.levels.has(level)) continue;
    const counts = await c.rows<Counted>(
      `SELECT a.decision::INTEGER AS before, b.decision::INTEGER AS after, a.planning::INTEGER AS "planningBefore",
         b.planning::INTEGER AS "planningAfter", count(*)::INTEGER AS workers
       FROM ${decided(a, level)} a JOIN ${decided(b, level)} b ON b."rosterRow" = a."rosterRow"
       GROUP BY ALL`,
      { scope: scopeParameter(scope) },
    );
    levels.push({
      level,
      workers: counts.reduce((sum, { workers }) => sum + workers, 0),
      changes: changesOf(counts.map(({ before, after, workers }) => [before, after, workers])),
      planningChanges: changesOf(
        counts.map(({ planningBefore, planningAfter, workers }) => [planningBefore, planningAfter, workers]),
      ),
    });
  }
  return { rosterYear, examYear, levels };
}

/** Sums up by pair of decisions, worst first, without those that stay. */
function changesOf(counts: readonly (readonly [from: number, to: number, workers: number])[]): DecisionChange[] {
  return decisions.flatMap((from, before) =>
    decisions.flatMap((to, after): DecisionChange[] => {
      if (from === to) return [];
      const workers = counts.reduce((sum, [f, t, n]) => (f === before && t === after ? sum + n : sum), 0);
      return workers > 0 ? [{ from, to, workers }] : [];
    }),
  );
}
