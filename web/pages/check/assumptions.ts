/** Pure: what planning assumes of a worker, as one or the other, condition by condition. */
import type { AlternativeResult, ConditionResult, EvaluationResult, Planning } from "../../api/types.ts";

export interface Assumption {
  readonly planning: Exclude<Planning, null>;
  readonly condition: string;
  /** Which ways of meeting it; empty: the condition itself. */
  readonly parts: readonly string[];
}

const assumesPart = ({ assumed, planning, alternatives = [] }: AlternativeResult): boolean =>
  assumed && (planning === "assume" || (planning === null && alternatives.some(assumesPart)));

/** How an assumed condition itself is taken: what has no mark of its own, nor a part taken as met, is not counted on. */
export const readingOf = ({ planning, alternatives = [] }: ConditionResult): Exclude<Planning, null> =>
  planning ?? (alternatives.some(assumesPart) ? "assume" : "exclude");

/** Those taken as met first. */
export function assumptionsOf({ assumed, pathways }: EvaluationResult): readonly Assumption[] {
  const conditions = pathways.flatMap((pathway) => pathway.conditions);
  const found = new Map<string, { planning: Exclude<Planning, null>; condition: string; parts: string[] }>();
  for (const name of assumed) {
    const [id = name, part] = name.split(".");
    const condition = conditions.find((one) => one.id === id && one.assumed);
    const planning = part === undefined && condition ? readingOf(condition) : "exclude";
    const key = `${planning} ${id}`;
    const entry = found.get(key) ?? { planning, condition: id, parts: [] };
    if (part !== undefined) entry.parts.push(part);
    found.set(key, entry);
  }
  const all = [...found.values()];
  return [...all.filter((one) => one.planning === "assume"), ...all.filter((one) => one.planning === "exclude")];
}
