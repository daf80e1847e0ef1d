/** A quota in a sentence, for pages and reports alike. */
import type { Message } from "../errors.ts";
import { levelValues, type TargetLevel, targetLevels } from "./facts.ts";
import type { QuotaBand, QuotaByBands, QuotaByShare, QuotaRule } from "./quota.ts";

const levelWord = (code: string): Message => {
  const level = levelValues.find((one) => one.code === code);
  return { zh: level?.zh[0] ?? code, en: level?.en ?? code };
};

/** What an applicant for the level holds. */
const below = (level: TargetLevel): Message => levelWord(targetLevels[targetLevels.indexOf(level) - 1] ?? "none");

/** `above`: the next higher band. */
function bandWords({ from, places, alternateYears }: QuotaBand, above: QuotaBand | undefined): Message {
  const last = above && above.from - 1;
  const range = last === undefined || last === from ? `${from}` : `${from}–${last}`;
  const zh = `${range} 人${above ? "" : "及以上"} ${places} 名`;
  const en = `${range}${above ? "" : " or more"}: ${places}`;
  return alternateYears
    ? { zh: `${zh}（上年已占用的为 0）`, en: `${en} (none the year after a place was used)` }
    : { zh, en };
}

function bandsSentence({ level, bands }: QuotaByBands): Message {
  const words = bands.map((band, index) => bandWords(band, bands[index - 1]));
  const [target, present] = [levelWord(level), below(level)];
  return {
    zh: `${target.zh}指标：每单位每个通用工种，按上年末在岗${present.zh}人数，${words.map(({ zh }) => zh).join("，")}。`,
    en: `Places for ${target.en} per unit and general trade, by workers on post at the end of last year whose level is ${present.en}: ${words.map(({ en }) => en).join("; ")}.`,
  };
}

function shareSentence({ level, share }: QuotaByShare): Message {
  const target = levelWord(level);
  // at most six decimals, so that the percentage is exact
  const percent = `${Number((share.atMost * 100).toFixed(4))}%`;
  return {
    zh: `${target.zh}指标：每单位取得${target.zh}的人数不超过在岗人数的 ${percent}（取整），减去在岗的现有${target.zh}，不分工种。`,
    en: `Places for ${target.en} per unit, whatever the trade: ${percent} of the workers on post, rounded down, less those who hold the level.`,
  };
}

export const quotaSentence = (rule: QuotaRule): Message =>
  "share" in rule ? shareSentence(rule) : bandsSentence(rule);
