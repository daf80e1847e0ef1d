/** What sets a pathway apart from the level's first one, so that a reader need not compare two long lists. */
import type { ConditionDocument, PathwayDocument } from "../../../server/rules/document.ts";

export interface Differences {
  /** Conditions of this pathway that the first has not in the same words, or that are waived or relaxed here. */
  readonly own: readonly ConditionDocument[];
  /** Ids of the first pathway's conditions that this one does not have at all. */
  readonly dropped: readonly string[];
  /** How many conditions are the same in both. */
  readonly shared: number;
}

/** A condition is the same when it is the same text of the rulebook, asked in full. */
export function differences(first: PathwayDocument, other: PathwayDocument): Differences {
  const keys = new Set(first.conditions.map(({ key }) => key));
  const ids = new Set(other.conditions.map(({ id }) => id));
  const own = other.conditions.filter(({ key, waived, relieved }) => waived || relieved || !keys.has(key));
  return {
    own,
    dropped: first.conditions.map(({ id }) => id).filter((id) => !ids.has(id)),
    shared: other.conditions.length - own.length,
  };
}
