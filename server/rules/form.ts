/** Form: data against a zod schema, every fault in both languages. */
import type { z } from "zod";
import type { Message } from "../errors.ts";
import type { FaultName } from "./diagnostic.ts";
import { targetLevels } from "./facts.ts";
import { vocabulary } from "./operators/fields.ts";
import { nearest } from "./parse-facts.ts";
import { modules } from "./rulebook.ts";
import { bare, isWhole, keyNamesOf, keysOf, type Schema, schemasAt } from "./schema-walk.ts";
import { didYouMean, type SpecFault, shown } from "./spec-fault.ts";
import type { Path } from "./yaml-text.ts";

type Issue = z.core.$ZodIssue;

export interface FormFault {
  readonly path: Path;
  readonly at: "key" | "value";
  readonly fault: SpecFault;
  /** It lies in how several keys go together. */
  readonly isBetweenKeys?: boolean;
  /** Of a misspelt key: the one that was meant. */
  readonly meant?: string | undefined;
}

/** Every fault of form; none when the data is as the schema asks. */
export interface FormFaults {
  readonly all: readonly FormFault[];
  /** Without those that another one brings about. */
  readonly told: readonly FormFault[];
}

export function formFaults(schema: z.ZodType, data: unknown): FormFaults {
  const parsed = schema.safeParse(data, { reportInput: true, jitless: true });
  if (parsed.success) return { all: [], told: [] };
  const all = parsed.error.issues.flatMap((issue) => faultsOf(issue, schema, []));
  return { all, told: withoutConsequences(all) };
}

/** A key that is misspelt is not missing as well, and what keys ask of each other is not asked while one is misspelt. */
function withoutConsequences(faults: readonly FormFault[]): readonly FormFault[] {
  const strange = faults.filter(({ fault }) => fault.name === "unknownKey");
  if (strange.length === 0) return faults;
  const keyOf = ({ path }: FormFault) => String(path.at(-1));
  const areBeside = (one: FormFault, other: FormFault) => isSame(one.path.slice(0, -1), other.path.slice(0, -1));
  return faults.filter((one) => {
    if (one.isBetweenKeys)
      return !strange.some((other) => areBeside(one, other) || isSame(one.path, other.path.slice(0, -1)));
    if (one.fault.name !== "missingKey") return true;
    const missing = faults.filter((other) => other.fault.name === "missingKey" && areBeside(one, other)).map(keyOf);
    return strange.every((other) => !areBeside(one, other) || nearest(keyOf(other), missing) !== keyOf(one));
  });
}

const isSame = (a: Path, b: Path) => a.length === b.length && a.every((step, depth) => step === b[depth]);

const words: Readonly<Record<string, Message>> = {
  string: { zh: "文字", en: "text" },
  number: { zh: "数", en: "a number" },
  int: { zh: "整数", en: "a whole number" },
  boolean: { zh: "true 或 false", en: "true or false" },
  array: { zh: "列表 [ … ]", en: "a list [ … ]" },
  object: { zh: "对照表 { 键: 值 }", en: "a mapping { key: value }" },
  record: { zh: "对照表 { 键: 值 }", en: "a mapping { key: value }" },
};

const wordsOf = (expected: string): Message => words[expected] ?? { zh: expected, en: expected };

function faultsOf(issue: Issue, schema: Schema, prefix: Path): FormFault[] {
  const path = [...prefix, ...issue.path.map((step) => (typeof step === "number" ? step : String(step)))];
  const one = (fault: SpecFault, at: FormFault["at"] = "value"): FormFault[] => [{ path, at, fault }];
  switch (issue.code) {
    case "unrecognized_keys": {
      const schemas = schemasAt(schema, path);
      const names = schemas.flatMap(keyNamesOf);
      const keys = schemas.flatMap(keysOf);
      const fault = (key: string) => {
        if (names.length > 0) return notAmong(key, names);
        const isText = keys.includes("zh") && isRecord(issue.input) && issue.input[key] === null;
        return isText ? cutText(key) : unknownKey(key, keys);
      };
      const known = names.length > 0 ? names.map(String) : keys;
      return issue.keys.map((key) => ({
        path: [...path, key],
        at: "key",
        fault: fault(key),
        meant: nearest(key, known),
      }));
    }
    case "invalid_union":
      return unionFaults(issue, schema, path);
    case "invalid_type": {
      const schemas = schemasAt(schema, path);
      const expected = exampleFor(schemas) ?? wordsOf(schemas.some(isWhole) ? "int" : issue.expected);
      if (issue.input === undefined) return [{ path, at: "key", fault: missingKey(path, expected) }];
      return one(wrongValue(issue.input, expected, issue.expected));
    }
    case "invalid_key":
      return [{ path, at: "key", fault: notAmong(String(path.at(-1)), allowedIn(issue.issues)) }];
    case "invalid_value":
      if (issue.input === undefined) return [{ path, at: "key", fault: missingKey(path, listed(issue.values)) }];
      return one(notAmong(issue.input, issue.values));
    case "too_small":
      if (issue.origin === "array") return one(emptyList(path));
      return one(wrongValue(issue.input, { zh: `不小于 ${issue.minimum} 的数`, en: `at least ${issue.minimum}` }));
    case "too_big":
      return one(
        wrongValue(
          issue.input,
          { zh: `不大于 ${issue.maximum} 的数`, en: `at most ${issue.maximum}` },
          issue.maximum === 1 ? "share" : "number",
        ),
      );
    case "custom": {
      const fault = (issue.params?.fault as SpecFault | undefined) ?? plainFault(issue.message);
      if (fault.name === "unknownKey") return one(fault, "key");
      return [{ path, at: "value", fault, isBetweenKeys: issue.params?.ofOneValue !== true }];
    }
    default:
      return one(plainFault(issue.message));
  }
}

/** Of a union only the alternative that was meant is told about: the one whose type the value has. */
function unionFaults(issue: Extract<Issue, { code: "invalid_union" }>, schema: Schema, path: Path): FormFault[] {
  const meant = issue.errors.find((issues) =>
    issues.every((one) => one.path.length > 0 || (one.code !== "invalid_type" && one.code !== "invalid_value")),
  );
  if (meant) return meant.flatMap((one) => faultsOf(one, schema, path));
  const expected = issue.errors.flat().flatMap((one) => (one.code === "invalid_type" ? [wordsOf(one.expected)] : []));
  if (issue.input === undefined) {
    const example = exampleFor(schemasAt(schema, path)) ?? either(expected);
    return [{ path, at: "key", fault: missingKey(path, example) }];
  }
  const types = issue.errors.flat().map((one) => (one.code === "invalid_type" ? one.expected : ""));
  return [
    {
      path,
      at: "value",
      fault: wrongValue(
        issue.input,
        either(expected),
        types.find((one) => one === "string"),
      ),
    },
  ];
}

const either = (all: readonly Message[]): Message => ({
  zh: all.map(({ zh }) => zh).join(" 或 "),
  en: all.map(({ en }) => en).join(" or "),
});

const listed = (values: readonly unknown[]): Message => ({ zh: values.join("、"), en: values.join(", ") });

const allowedIn = (issues: readonly Issue[]): readonly unknown[] =>
  issues.flatMap((one) => (one.code === "invalid_value" ? one.values : []));

const unknownKey = (key: string, known: readonly string[]): SpecFault => ({
  name: "unknownKey",
  message: { zh: `没有键 ${key}`, en: `unknown key "${key}"` },
  suggestion: didYouMean(key, known),
});

function missingKey(path: Path, expected: Message): SpecFault {
  const key = String(path.at(-1) ?? "");
  return {
    name: "missingKey",
    message: { zh: `缺少 ${key}`, en: `"${key}" is missing` },
    suggestion: { zh: `请写 ${key}: ${expected.zh}`, en: `write ${key}: ${expected.en}` },
  };
}

/** `type`: what zod asks for; "share" for a number of at most 1. */
const wrongValue = (value: unknown, expected: Message, type?: string): SpecFault => ({
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
function exampleFor(schemas: readonly Schema[]): Message | undefined {
  const refs = schemas.map((one) => vocabulary.get(bare(one) as z.ZodType)?.ref);
  return refs.flatMap((ref) =>
    ref !== undefined && ref in exampleOf ? [exampleOf[ref as keyof typeof exampleOf]] : [],
  )[0];
}

/** An English comma cuts a text inside braces in two. */
const cutText = (rest: string): SpecFault => ({
  name: "unknownKey",
  message: { zh: `没有键 ${rest}`, en: `unknown key "${rest}"` },
  suggestion: { zh: "文字中有英文逗号时，整段文字请加引号", en: "put a text with a comma in quotation marks" },
});

const emptyList = (path: Path): SpecFault => ({
  name: "emptyList",
  message: { zh: `列表 ${path.at(-1)} 是空的`, en: `the list "${path.at(-1)}" is empty` },
  suggestion: { zh: "请至少写一项，或删去此键", en: "write at least one entry, or remove the key" },
});

const plainFault = (text: string): SpecFault => ({
  name: "wrongValue",
  message: { zh: `写法不对（${text}）`, en: text },
  suggestion: { zh: "请改为说明中的写法", en: "write it as described" },
});

/** A name that is none of a closed list: levels and modules are known by their list. */
function notAmong(value: unknown, allowed: readonly unknown[]): SpecFault {
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

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
