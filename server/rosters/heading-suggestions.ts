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

/**
 * Numbers that count rows, or belong to papers, telephones, posts and units: taken for the number of a person, they would put one
 * person's row in another's place. A bare 编号 most often counts the rows of one unit's list.
 */
const countsRows = /^(?:序号?|顺序号?|行号|编号|编码|号码|号|流水号?|排序|排名|名次|no\.?|id|#|index)$/;
const otherNumbers =
  /序号|顺序|流水|证书|证件|证号|身份|电话|手机|联系|传真|邮编|单位|部门|机构|岗位|工种|职业|档案|文号|文件|考号|考生|银行|账号|卡号/;

const maybeWorkerNumber = (forms: readonly string[]): boolean =>
  !forms.some((form) => countsRows.test(form) || otherNumbers.test(form));

/** Columns that an unknown heading may mean, the most alike first; at most five. */
export function suggestions(heading: string, kind: RosterKind): Suggestion[] {
  const raw = heading.slice(0, longestHeading);
  const forms = headingForms(raw);
  const year = oneYear.exec(forms[0] ?? "")?.[1];
  const withoutYears = forms.map((form) => form.replace(oneYear, ""));
  const askWorkerNumber = maybeWorkerNumber([normaliseHeading(raw), ...forms]);
  return fieldsOf(kind)
    .filter(({ name }) => name !== "workerId" || askWorkerNumber)
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
