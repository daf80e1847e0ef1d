/** Form: data against a zod schema, every fault in both languages. */
import type { z } from "zod";
import {
  cutText,
  either,
  emptyList,
  exampleFor,
  listed,
  missingKey,
  notAmong,
  plainFault,
  unknownKey,
  wordsOf,
  wrongValue,
} from "./form-faults.ts";
import { nearest } from "./parse-facts.ts";
import { isWhole, keyNamesOf, keysOf, type Schema, schemasAt } from "./schema-walk.ts";
import type { SpecFault } from "./spec-fault.ts";
import type { Path } from "./yaml-places.ts";

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

const allowedIn = (issues: readonly Issue[]): readonly unknown[] =>
  issues.flatMap((one) => (one.code === "invalid_value" ? one.values : []));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
