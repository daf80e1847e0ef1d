/** Pure: an evaluation as a tree — decision, pathways, conditions, their parts — and what of it changed. */
import type { AlternativeResult, ConditionResult, EvaluationResult, Outcome, PathwayResult } from "../../api/types.ts";
import { openPathways } from "./explain.ts";

type Part = ConditionResult | AlternativeResult;

export const conditionKey = (pathway: PathwayResult, condition: ConditionResult): string =>
  `${pathway.id}/${condition.id}`;

/** Parts have no identity of their own; they are told apart by their place. */
export const partKey = (whole: string, index: number): string => `${whole}/${index}`;

/** Whether one part is enough, or every part is asked for. */
export const isAnyOf = ({ required }: Part): boolean =>
  typeof required === "object" && required !== null && "any" in required;

export const partsMet = ({ alternatives = [] }: Part): { met: number; all: number } => ({
  met: alternatives.filter(({ outcome }) => outcome === "met").length,
  all: alternatives.length,
});

interface Node {
  readonly key: string;
  readonly outcome: Outcome;
  /** Has something below it. */
  readonly isBranch: boolean;
  /** Stands open until the reader says otherwise. */
  readonly isOpen: boolean;
}

const needsLook = (outcome: Outcome): boolean => outcome === "unmet" || outcome === "unknown";

function partNodes(key: string, part: Part): Node[] {
  const { outcome, alternatives = [] } = part;
  const node = { key, outcome, isBranch: alternatives.length > 0, isOpen: needsLook(outcome) };
  return [node, ...alternatives.flatMap((one, index) => partNodes(partKey(key, index), one))];
}

/** Every node under the decision, from the top. */
export function treeNodes(result: EvaluationResult): readonly Node[] {
  const open = openPathways(result);
  return result.pathways.flatMap((pathway) => [
    { key: pathway.id, outcome: pathway.outcome, isBranch: true, isOpen: open.includes(pathway.id) },
    ...pathway.conditions.flatMap((condition) => partNodes(conditionKey(pathway, condition), condition)),
  ]);
}

/** Outcomes by key before something was changed; of another question none. */
export function outcomesBefore(
  before: EvaluationResult | undefined,
  now: EvaluationResult,
): ReadonlyMap<string, Outcome> {
  const isSame =
    before?.rulebook === now.rulebook && before.targetLevel === now.targetLevel && before.examYear === now.examYear;
  return new Map(isSame ? treeNodes(before).map(({ key, outcome }) => [key, outcome]) : []);
}
