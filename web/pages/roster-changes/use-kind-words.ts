import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ChangeKindInfo } from "../../api/roster-types.ts";
import { useWords } from "../../parts/words.ts";

export interface KindWords {
  /** 新增, or 2023 年末在册 for the two ends. */
  readonly name: (kind: string) => string;
  /** The same where there is little room: 2023 年末. */
  readonly short: (kind: string) => string;
  readonly explain: (kind: string) => string;
}

/** The words of the counts: those of the server, and of the page for the two rosters. */
export function useKindWords(
  kinds: readonly ChangeKindInfo[],
  { from, to }: { readonly from: number; readonly to: number },
): KindWords {
  const { t } = useTranslation();
  const words = useWords();
  return useMemo(() => {
    const known = new Map(kinds.map((info) => [info.kind, info]));
    const yearOf = (kind: string): number | undefined =>
      kind === "workersFrom" ? from : kind === "workersTo" ? to : undefined;
    const nameOf = (kind: string): string => {
      const info = known.get(kind);
      return info ? words.say(info) : kind;
    };
    return {
      name: (kind) => {
        const year = yearOf(kind);
        return year === undefined ? nameOf(kind) : t("changes.workers", { year });
      },
      short: (kind) => {
        const year = yearOf(kind);
        return year === undefined ? nameOf(kind) : t("rosters.yearEnd", { year });
      },
      explain: (kind) => {
        const year = yearOf(kind);
        const info = known.get(kind);
        return year === undefined ? (info ? words.say(info.explain) : "") : t("changes.workersHint", { year });
      },
    };
  }, [kinds, from, to, t, words]);
}
