/** Headings of maps of years: 2021年度考核, 考核结果2021, 年度考核(2021年), 2019-2023年度考核, 近五年年度考核. */
import { firstStorableYear, lastStorableYear } from "../rules/columns.ts";
import type { RosterField } from "./fields.ts";
import type { Target } from "./match.ts";
import { spanIn } from "./year-words.ts";

/** Maps of years, and what their headings say besides the years. */
const yearly: readonly (readonly [name: string, english: RegExp, chinese: RegExp])[] = [
  ["appraisals", /^appraisals?_?(\d{4})?$/, /^(?:年度|年终|历年)*考核(?:结果|等次|情况|等级|结论)?$/],
  [
    "continuingEducation",
    /^(?:training|continuingeducation)_?(\d{4})?$/,
    /^(?:年度|历年)?(?:继续教育|继续教育培训)(?:合格|完成)?(?:结果|情况|年度)?$/,
  ],
];

export const oneYear = /((?:19|20)\d\d)(?:年度|年|度)?/;

/** What a normalised heading means, when it is one of a map of years and names years. */
export function yearTarget(heading: string, fieldOf: (name: string) => RosterField | undefined): Target | undefined {
  const found = (name: string, more: Partial<Target>): Target | undefined => {
    const field = fieldOf(name);
    return field && { field, ...more };
  };
  const year = (text: string | undefined) => {
    const number = Number(text);
    return number >= firstStorableYear && number <= lastStorableYear ? number : undefined;
  };
  for (const [name, english, chinese] of yearly) {
    const code = english.exec(heading)?.[1];
    if (code !== undefined) return year(code) === undefined ? undefined : found(name, { year: Number(code) });
    const several = spanIn(heading);
    if (several) {
      const rest = several.rest.replace(/[()]/g, "");
      if (chinese.test(rest)) return found(name, { span: several.span });
      continue;
    }
    const match = oneYear.exec(heading);
    if (!match || !chinese.test(heading.replace(match[0], "").replace(/[()]/g, ""))) continue;
    const only = year(match[1]);
    if (only !== undefined) return found(name, { year: only });
  }
  return undefined;
}

/** Whether the cells of a field speak of years each. */
export const isYearly = (field: RosterField): boolean => yearly.some(([name]) => name === field.name);
