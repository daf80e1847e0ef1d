/** What is said of a fault of form, and what to write instead. */
import type { z } from "zod";
import type { Message } from "../errors.ts";
import type { FaultName } from "./diagnostic.ts";
import { targetLevels } from "./facts.ts";
import { vocabulary } from "./operators/fields.ts";
import { modules } from "./rulebook.ts";
import { bare, type Schema } from "./schema-walk.ts";
import { didYouMean, type SpecFault, shown } from "./spec-fault.ts";
import type { Path } from "./yaml-places.ts";

const words: Readonly<Record<string, Message>> = {
  string: { zh: "文字", en: "text" },
  number: { zh: "数", en: "a number" },
  int: { zh: "整数", en: "a whole number" },
  boolean: { zh: "true 或 false", en: "true or false" },
  array: { zh: "列表 [ … ]", en: "a list [ … ]" },
  object: { zh: "对照表 { 键: 值 }", en: "a mapping { key: value }" },
  record: { zh: "对照表 { 键: 值 }", en: "a mapping { key: value }" },
};

export const wordsOf = (expected: string): Message => words[expected] ?? { zh: expected, en: expected };

export const either = (all: readonly Message[]): Message => ({
  zh: all.map(({ zh }) => zh).join(" 或 "),
  en: all.map(({ en }) => en).join(" or "),
});

export const listed = (values: readonly unknown[]): Message => ({ zh: values.join("、"), en: values.join(", ") });

export const unknownKey = (key: string, known: readonly string[]): SpecFault => ({
  name: "unknownKey",
  message: { zh: `没有键 ${key}`, en: `unknown key "${key}"` },
  suggestion: didYouMean(key, known),
});

export function missingKey(path: Path, expected: Message): SpecFault {
  const key = String(path.at(-1) ?? "");
  return {
    name: "missingKey",
    message: { zh: `缺少 ${key}`, en: `"${key}" is missing` },
    suggestion: { zh: `请写 ${key}: ${expected.zh}`, en: `write ${key}: ${expected.en}` },
  };
}

/** `type`: what zod asks for; "share" for a number of at most 1. */
export const wrongValue = (value: unknown, expected: Message, type?: string): SpecFault => ({
  name: "wrongValue",
  message:
    value === null
      ? { zh: "没有写值", en: "there is no value" }
      : { zh: `值 ${shown(value)} 不对`, en: `${shown(value)} is not right here` },
  suggestion: likelyRemedy(value, expected, type) ?? { zh: `应为${expected.zh}`, en: `expected ${expected.en}` },
});

/** What helps with the slips of those who seldom write YAML. */
function likelyRemedy(value: unknown, expected: Message, type: string | undefined): Message | undefined {
  if (type === "string" && typeof value === "number")
    return { zh: `请加引号："${value}"`, en: `put it in quotation marks: "${value}"` };
  if (typeof value === "string" && expected === exampleOf.message) {
    const example = `{ zh: ${value}, en: … }`;
    return { zh: `请写 ${example}`, en: `write ${example}` };
  }
  if (Array.isArray(value) && (type === "object" || type === "record"))
    return {
      zh: `只能写一项：${expected.zh}，不用列表；其余的写成注释`,
      en: `only one is possible: ${expected.en}, no list`,
    };
  const percent = percentIn(value, type);
  if (percent === undefined) return undefined;
  const share = Number((percent / 100).toFixed(6));
  return { zh: `百分之 ${percent} 写 ${share}`, en: `write ${share} for ${percent}%` };
}

/** A percentage where a share is asked: `12%`, or 12. */
function percentIn(value: unknown, type: string | undefined): number | undefined {
  if (type !== "share" && (type !== "number" || typeof value !== "string")) return undefined;
  const percent = Number(typeof value === "string" ? /^(\d+(?:\.\d+)?)\s*[%％]$/.exec(value)?.[1] : value);
  return percent <= 100 ? percent : undefined;
}

const exampleOf = {
  message: { zh: "{ zh: …, en: … }", en: "{ zh: …, en: … }" },
  citation: { zh: "三.2", en: "三.2" },
  date: { zh: "window.from（或 Y-08-31）", en: "window.from (or Y-08-31)" },
  ownDate: { zh: "Y-08-31", en: "Y-08-31" },
} satisfies Record<string, Message>;

/** How a value is written whose type does not say it. */
export function exampleFor(schemas: readonly Schema[]): Message | undefined {
  const refs = schemas.map((one) => vocabulary.get(bare(one) as z.ZodType)?.ref);
  return refs.flatMap((ref) =>
    ref !== undefined && ref in exampleOf ? [exampleOf[ref as keyof typeof exampleOf]] : [],
  )[0];
}

/** An English comma cuts a text inside braces in two. */
export const cutText = (rest: string): SpecFault => ({
  name: "unknownKey",
  message: { zh: `没有键 ${rest}`, en: `unknown key "${rest}"` },
  suggestion: { zh: "文字中有英文逗号时，整段文字请加引号", en: "put a text with a comma in quotation marks" },
});

export const emptyList = (path: Path): SpecFault => ({
  name: "emptyList",
  message: { zh: `列表 ${path.at(-1)} 是空的`, en: `the list "${path.at(-1)}" is empty` },
  suggestion: { zh: "请至少写一项，或删去此键", en: "write at least one entry, or remove the key" },
});

export const plainFault = (text: string): SpecFault => ({
  name: "wrongValue",
  message: { zh: `写法不对（${text}）`, en: text },
  suggestion: { zh: "请改为说明中的写法", en: "write it as described" },
});

/** A name that is none of a closed list: levels and modules are known by their list. */
export function notAmong(value: unknown, allowed: readonly unknown[]): SpecFault {
  const known = allowed.map(String);
  if (Array.isArray(value))
    return {
      name: "wrongValue",
      message: { zh: "此处只能写一个，不能写列表", en: "only one is possible here, no list" },
      suggestion: { zh: `请只写一个，如 ${value[0]}；其余的写成注释`, en: `write one of them, such as ${value[0]}` },
    };
  const is = (list: readonly string[]) => list.length === known.length && list.every((one) => known.includes(one));
  const [name, zh, en]: readonly [FaultName, string, string] = is(targetLevels)
    ? ["unknownLevel", "没有等级", "unknown level"]
    : is(modules)
      ? ["unknownModule", "没有申报类别", "unknown module"]
      : ["wrongValue", "此处不能写", "not possible here:"];
  return {
    name,
    message: { zh: `${zh} ${shown(value)}`, en: `${en} ${shown(value)}` },
    suggestion: didYouMean(typeof value === "string" ? value : "", known),
  };
}
