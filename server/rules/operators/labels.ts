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

/** Several that will do each: "大专、本科或博士", "college, bachelor or doctor". */
export function oneOf(labels: readonly Message[]): Message {
  const last = labels.at(-1);
  if (labels.length < 2 || !last) return last ?? { zh: "", en: "" };
  const others = labels.slice(0, -1);
  return {
    zh: `${others.map(({ zh }) => zh).join("、")}或${last.zh}`,
    en: `${others.map(({ en }) => en).join(", ")} or ${last.en}`,
  };
}

const counter = /(篇|份|年|人)数$/;

/** By fact: what its number counts; of a list, its entries. */
const units: ReadonlyMap<string, string> = new Map(
  facts.map(({ name, label, type }) => [name, type.kind === "list" ? "项" : (counter.exec(label.zh)?.[1] ?? "")]),
);

/** A number of the catalogue as what is counted and in what: "本工种论文篇数" → 本工种论文, 篇. */
export function countLabel(fact: string): { readonly noun: string; readonly unit: string } {
  return { noun: factLabel(fact).zh.replace(/(篇|份|年)数$/, ""), unit: units.get(fact) ?? "" };
}

/** "1 year", "3 years". */
export const several = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? "" : "s"}`;

/** A date of the catalogue as what happened on it: "参加工作时间" → "参加工作". */
export const eventLabel = (fact: string): string => factLabel(fact).zh.replace(/(时间|日期)$/, "");

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
  if (typeof found === "number") return { zh: `${found}${units.get(fact) ?? ""}`, en: String(found) };
  return codes.get(fact)?.get(found) ?? plain(found);
}
