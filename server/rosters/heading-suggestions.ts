/** Columns that an unknown heading may mean. */
import type { Message } from "../errors.ts";
import { fieldsOf } from "./fields.ts";
import { headingForms, longestHeading, normaliseHeading } from "./headings.ts";
import type { RosterKind } from "./report.ts";
import { similarity } from "./suggest.ts";
import { isYearly, oneYear } from "./year-headings.ts";
import { spanIn } from "./year-words.ts";

export interface Suggestion {
  /** English name of the column, as a mapping takes it. */
  readonly name: string;
  readonly label: Message;
  /** 0…1, how alike the heading and the nearest name of the column are. */
  readonly score: number;
}

/** Less alike than this is not worth showing. */
const leastAlike = 0.34;

/** Columns that an unknown heading may mean, the most alike first; at most five. */
export function suggestions(heading: string, kind: RosterKind): Suggestion[] {
  const raw = heading.slice(0, longestHeading);
  const forms = headingForms(raw);
  const year = oneYear.exec(forms[0] ?? "")?.[1];
  const withoutYears = forms.map((form) => form.replace(oneYear, ""));
  return fieldsOf(kind)
    .map((field): Suggestion => {
      const names = [field.name, ...field.headings].map(normaliseHeading);
      const texts = isYearly(field) ? withoutYears : forms;
      const score = Math.max(0, ...texts.flatMap((text) => names.map((name) => similarity(text, name))));
      const prefix = field.name === "appraisals" ? "appraisal" : "training";
      const yearOnly = isYearly(field) && year !== undefined && spanIn(forms[0] ?? "") === undefined;
      return {
        name: yearOnly ? `${prefix}${year}` : field.name,
        label: yearOnly ? { zh: `${year}年${field.label.zh}`, en: `${field.label.en} ${year}` } : field.label,
        score: Math.round(score * 1_000) / 1_000,
      };
    })
    .filter(({ score }) => score >= leastAlike)
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))
    .slice(0, 5);
}
