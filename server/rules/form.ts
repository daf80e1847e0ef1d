/** Form: data against a zod schema, every fault in both languages; and what can be kept of data with faults. */
import type { z } from "zod";
import type { Message } from "../errors.ts";
import type { FaultName } from "./diagnostic.ts";
import { targetLevels } from "./facts.ts";
import { nearest } from "./parse-facts.ts";
import { modules } from "./rulebook.ts";
import { didYouMean, type SpecFault, shown } from "./spec-fault.ts";
import type { Path } from "./yaml-text.ts";

type Schema = z.core.$ZodType;
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
      const fault = (key: string) =>
        names.length > 0 ? notAmong(key, names) : unknownKey(key, schemas.flatMap(keysOf));
      const known = names.length > 0 ? names.map(String) : schemas.flatMap(keysOf);
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
      const expected = wordsOf(schemasAt(schema, path).some(isWhole) ? "int" : issue.expected);
      if (issue.input === undefined) return [{ path, at: "key", fault: missingKey(path, expected) }];
      return one(wrongValue(issue.input, expected));
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
      return one(wrongValue(issue.input, { zh: `不大于 ${issue.maximum} 的数`, en: `at most ${issue.maximum}` }));
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
  if (issue.input === undefined) return [{ path, at: "key", fault: missingKey(path, either(expected)) }];
  return [{ path, at: "value", fault: wrongValue(issue.input, either(expected)) }];
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

const wrongValue = (value: unknown, expected: Message): SpecFault => ({
  name: "wrongValue",
  message:
    value === null
      ? { zh: "没有写值", en: "there is no value" }
      : { zh: `值 ${shown(value)} 不对`, en: `${shown(value)} is not right here` },
  suggestion: { zh: `应为${expected.zh}`, en: `expected ${expected.en}` },
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

/** The schema inside those that only say that a value may be left out. */
function bare(schema: Schema): Schema {
  const { def } = schema._zod as z.core.$ZodTypeInternals & { def: { innerType?: Schema } };
  return (def.type === "optional" || def.type === "nullable") && def.innerType ? bare(def.innerType) : schema;
}

/** Schemas one step further in; several behind a union. */
function within(schema: Schema, step: string | number): readonly Schema[] {
  const def = bare(schema)._zod.def as z.core.$ZodTypes["_zod"]["def"];
  switch (def.type) {
    case "object": {
      const inner = def.shape[step];
      return inner ? [inner] : [];
    }
    case "record":
      return [def.valueType];
    case "array":
      return [def.element];
    case "union":
      return def.options.flatMap((option) => within(option, step));
    default:
      return [];
  }
}

const schemasAt = (schema: Schema, path: Path): readonly Schema[] =>
  path.reduce<readonly Schema[]>((found, step) => found.flatMap((one) => within(one, step)), [schema]);

/** A number that must be whole. */
function isWhole(schema: Schema): boolean {
  const def = bare(schema)._zod.def as z.core.$ZodTypes["_zod"]["def"];
  return def.type === "number" && "format" in def;
}

function keysOf(schema: Schema): string[] {
  const def = bare(schema)._zod.def as z.core.$ZodTypes["_zod"]["def"];
  if (def.type === "union") return def.options.flatMap(keysOf);
  return def.type === "object" ? Object.keys(def.shape) : [];
}

/** Names the keys of a mapping must be among. */
function keyNamesOf(schema: Schema): readonly unknown[] {
  const def = bare(schema)._zod.def as z.core.$ZodTypes["_zod"]["def"];
  return def.type === "record" ? [...(def.keyType._zod.values ?? [])] : [];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What is kept of data with faults, and the original positions in lists that lost entries. */
export interface Kept {
  readonly data: unknown;
  readonly positions: ReadonlyMap<object, readonly number[]>;
}

/** Leaves out what is faulty, and what cannot be without it, so that the rest is as the schema asks. `undefined` data: nothing is left. */
export function keepSound(schema: Schema, data: unknown, faults: readonly FormFault[]): Kept {
  const positions = new Map<object, readonly number[]>();
  const at = (path: Path) =>
    faults.filter((one) => one.path.length > path.length && path.every((step, i) => one.path[i] === step));
  const isFaulty = (path: Path) =>
    faults.some((one) => one.path.length === path.length && one.path.every((step, i) => path[i] === step));

  function keep(value: unknown, path: Path, schemas: readonly Schema[]): unknown {
    if (isFaulty(path)) return undefined;
    const inside = at(path);
    if (inside.length === 0) return value;
    const inner = (step: string | number) =>
      keep(
        (value as Record<string | number, unknown>)[step],
        [...path, step],
        schemas.flatMap((one) => within(one, step)),
      );
    if (Array.isArray(value)) {
      const kept = value.map((_, index) => ({ index, value: inner(index) })).filter((one) => one.value !== undefined);
      const list = kept.map((one) => one.value);
      positions.set(
        list,
        kept.map(({ index }) => index),
      );
      return list;
    }
    if (!isRecord(value)) return undefined;
    const steps = new Set([...Object.keys(value), ...inside.map((one) => String(one.path[path.length]))]);
    const entries = [...steps].map((step) => [step, inner(step)] as const);
    const isWhole = entries.every(([step, one]) => one !== undefined || path.length === 0 || mayLack(schemas, step));
    return isWhole ? Object.fromEntries(entries.filter(([, one]) => one !== undefined)) : undefined;
  }

  return { data: keep(data, [], [schema]), positions };
}

/** Whether a mapping is complete without a key: it is optional, or no key of the schema at all. */
const mayLack = (schemas: readonly Schema[], step: string): boolean =>
  schemas.every((schema) =>
    within(schema, step).every(
      (one) => one._zod.optin === "optional" || (bare(schema)._zod.def as { type: string }).type === "record",
    ),
  );
