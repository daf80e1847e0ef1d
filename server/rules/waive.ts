/** A rulebook that asks for less: conditions waived in every pathway of every level, as if its notice said so. */
import type { Pathway, Rulebook, RulebookLevel } from "./rulebook.ts";

/** Conditions keep their place, so masks of the rulebook can be read with the new one. */
export function waive(book: Rulebook, ids: readonly string[]): Rulebook {
  const ofPathway = (pathway: Pathway): Pathway => ({ ...pathway, waived: new Set([...pathway.waived, ...ids]) });
  const ofLevel = (level: RulebookLevel): RulebookLevel => ({ ...level, pathways: level.pathways.map(ofPathway) });
  return { ...book, levels: new Map([...book.levels].map(([target, level]) => [target, ofLevel(level)])) };
}
