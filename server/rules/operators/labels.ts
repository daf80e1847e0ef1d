import type { Message } from "../../errors.ts";
import { type EnumValue, facts, findFact, gradeValues } from "../facts.ts";

export function factLabel(name: string): Message {
  return findFact(name)?.label ?? { zh: name, en: name };
}

const yes: Message = { zh: "是", en: "yes" };
const no: Message = { zh: "否", en: "no" };
const unknownValue: Message = { zh: "未知", en: "unknown" };
export const noneOnRecord: Message = { zh: "无记录", en: "none on record" };
export const noRecord: Message = { zh: "无记录", en: "no record" };
const has: Message = { zh: "有", en: "yes" };
const hasNot: Message = { zh: "无", en: "no" };
const passed: Message = { zh: "合格", en: "passed" };
const failed: Message = { zh: "不合格", en: "failed" };

const labelsOf = (values: readonly EnumValue[]): ReadonlyMap<unknown, Message> =>
  new Map(values.map(({ code, zh, en }) => [code, { zh: zh[0] ?? code, en }]));

const grades = labelsOf(gradeValues);
/** By fact: its enumeration in words. */
const codes: ReadonlyMap<string, ReadonlyMap<unknown, Message>> = new Map(
  facts.flatMap(({ name, type }) => (type.kind === "enum" ? [[name, labelsOf(type.values)] as const] : [])),
);

const plain = (found: unknown): Message => ({ zh: String(found), en: String(found) });

/** A year's record of a fact in words: a grade, passed or not, an entry of a list. */
export function yearLabel(fact: string, found: unknown): Message {
  const isTraining = fact === "continuingEducation";
  if (found === true) return isTraining ? passed : has;
  if (found === false) return isTraining ? failed : hasNot;
  return grades.get(found) ?? plain(found);
}

/** A value in words: the enumeration's label, 是/否, or the text itself. */
export function valueLabel(fact: string, found: unknown): Message {
  if (found === null || found === undefined) {
    return findFact(fact)?.absent === undefined ? unknownValue : noneOnRecord;
  }
  if (found === true) return yes;
  if (found === false) return no;
  return codes.get(fact)?.get(found) ?? plain(found);
}
