/** Which rulebooks decide, and whether they are of the exam year itself. */
import type { LevelCode, Message, Meta } from "../api/types.ts";

export interface UsedRulebook {
  readonly id: string;
  readonly title: Message | undefined;
  /** A later exam year than the rulebook's own ("on"), an earlier one ("back"), or its own (false). */
  readonly projected: "on" | "back" | false;
}

/** Rulebooks in use in an exam year (and for a level), each once, in the order of their ids. */
export function usedRulebooks(
  meta: Pick<Meta, "rulebooks" | "rulebooksInUse">,
  year: number | undefined,
  level?: LevelCode,
): readonly UsedRulebook[] {
  const uses = meta.rulebooksInUse.filter(
    (use) => use.examYear === year && (level === undefined || use.level === level),
  );
  const ids = [...new Set(uses.map(({ rulebook }) => rulebook))].sort();
  return ids.map((id) => {
    const info = meta.rulebooks.find((book) => book.id === id);
    const isProjected = uses.some((use) => use.rulebook === id && use.projected);
    return {
      id,
      title: info?.title,
      projected: isProjected ? (info && year !== undefined && year < info.year ? "back" : "on") : false,
    };
  });
}
