/** Scenarios in words: rulebooks, levels and quota bands as a planner calls them. */
import type { Message } from "../../errors.ts";
import { levelValues, type TargetLevel } from "../../rules/facts.ts";
import type { QuotaBand } from "../../rules/quota.ts";
import type { Rulebook } from "../../rules/rulebook.ts";

export const levelWords = (level: TargetLevel): Message => {
  const known = levelValues.find(({ code }) => code === level);
  return { zh: known?.zh[0] ?? level, en: known?.en ?? level };
};

/** The place and year of a rulebook, without what all of them are about. */
export const bookWords = ({ title }: Rulebook): Message => ({
  zh: title.zh.replace(/工勤技能岗位技术等级考评$/, ""),
  en: title.en.replace(/,? skill-grade assessment$/, ""),
});

/** "1–4人1名（隔年）、5人起2名" */
export function bandWords(
  bands: readonly (Pick<QuotaBand, "from" | "places"> & { readonly alternateYears?: boolean | undefined })[],
): Message {
  const rising = [...bands].sort((a, b) => a.from - b.from);
  const parts = rising.map(({ from, places, alternateYears }, index) => {
    const next = rising[index + 1]?.from;
    const to = next === undefined ? undefined : next - 1;
    const zh = to === undefined ? `${from}人起` : to === from ? `${from}人` : `${from}–${to}人`;
    const en = to === undefined ? `${from} or more` : to === from ? `${from}` : `${from}–${to}`;
    return {
      zh: `${zh}${places}名${alternateYears ? "（隔年）" : ""}`,
      en: `${en}: ${places}${alternateYears ? " every other year" : ""}`,
    };
  });
  return { zh: parts.map(({ zh }) => zh).join("、"), en: parts.map(({ en }) => en).join("; ") };
}

export const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;
