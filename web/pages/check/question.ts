/** Pure: by which rulebook and for which level to decide, from what was chosen and what applies to the worker. */
import { type EvaluationResult, type LevelCode, levelCodes, type RulebookInfo } from "../../api/types.ts";

export interface Question {
  readonly rulebook: string;
  readonly level: LevelCode;
  /** Levels to choose from. */
  readonly levels: readonly LevelCode[];
  /** The rulebook that applies to the worker at this level. */
  readonly own: string | undefined;
}

export interface Choice {
  readonly rulebooks: readonly RulebookInfo[];
  /** Of the worker, one per level; empty without a worker. */
  readonly evaluations: readonly Pick<EvaluationResult, "rulebook" | "targetLevel">[];
  readonly rulebook: string | undefined;
  readonly level: LevelCode | undefined;
  readonly presentLevel: string | undefined;
}

/** The level above the present one; without a present level, the highest. */
function nextLevel(presentLevel: string | undefined, levels: readonly LevelCode[]): LevelCode | undefined {
  if (presentLevel === undefined) return levels.at(-1);
  const ladder: readonly string[] = levelCodes;
  const above = ladder[ladder.indexOf(presentLevel) + 1];
  return levels.find((code) => code === above) ?? levels.at(-1);
}

/** Undefined when there is no rulebook at all. A level the rulebook does not cover gives way to the highest it does. */
export function chooseQuestion({
  rulebooks,
  evaluations,
  rulebook,
  level,
  presentLevel,
}: Choice): Question | undefined {
  const forced = rulebooks.find(({ id }) => id === rulebook);
  const ownLevels = levelCodes.filter((code) => evaluations.some(({ targetLevel }) => targetLevel === code));
  const book = forced ?? (ownLevels.length === 0 ? rulebooks[0] : undefined);
  const levels = book ? levelCodes.filter((code) => book.levels.includes(code)) : ownLevels;
  const chosen = levels.find((code) => code === level) ?? nextLevel(presentLevel, levels);
  if (chosen === undefined) return undefined;
  const own = evaluations.find(({ targetLevel }) => targetLevel === chosen)?.rulebook;
  const id = book?.id ?? own;
  return id === undefined ? undefined : { rulebook: id, level: chosen, levels, own };
}
