/** Checks what came in against a zod schema; the first fault becomes a sentence that names the parameter and what is allowed. */
import { z } from "zod";
import { badInput, type Message } from "../errors.ts";
import { clip, quotable } from "../json-bounds.ts";
import { nearest } from "../rules/parse-facts.ts";

type Shape = z.ZodObject;

const show = (value: unknown) => {
  const part = quotable(value);
  return clip(typeof part === "string" ? part : (JSON.stringify(part) ?? String(part)), 80);
};

const expectations = z.registry<Message>();

/** Says in both languages what an input should be; the English stands in openapi.json too. */
export function expecting<S extends z.ZodType>(schema: S, zh: string, en: string): S {
  const described = schema.describe(en);
  expectations.add(described, { zh, en });
  return described;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (found, key) => (typeof found === "object" && found !== null ? Reflect.get(found, key) : undefined),
    input,
  );
}

/** The checked input. Throws bad-input with `property`, `value` and, where there is a list, `allowed`. */
export function parseInput<S extends Shape>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const names = Object.keys(schema.shape);
  if (issue?.code === "unrecognized_keys") {
    const name = issue.keys[0] ?? "";
    const hint = nearest(name, names);
    throw badInput(
      `没有参数 ${show(name)}${hint ? `，是否指 ${hint}？` : ""}（可用：${names.join("、") || "无"}）`,
      `unknown parameter ${show(name)}${hint ? `; did you mean ${hint}?` : ""} (expected ${names.join(", ") || "none"})`,
      { property: name, value: valueAt(input, [name]) ?? null, allowed: names },
    );
  }
  const path = issue?.path ?? [];
  const property = path.length > 0 ? String(path[0]) : null;
  const value = valueAt(input, path);
  const allowed = issue?.code === "invalid_value" ? issue.values : undefined;
  const expected: Message = allowed
    ? { zh: allowed.join("、"), en: allowed.join(", ") }
    : (expectationOf(schema, property) ?? { zh: "见接口说明", en: issue?.message ?? "" });
  const details = { property, value: value ?? null, ...(allowed ? { allowed } : {}) };
  if (value === undefined) {
    throw badInput(
      `缺少参数 ${property}（应为：${expected.zh}）`,
      `${property} is required (expected ${expected.en})`,
      details,
    );
  }
  throw badInput(
    `参数 ${property ?? ""} 的值 ${show(value)} 无效（应为：${expected.zh}）`,
    `invalid ${property ?? "input"}: ${show(value)} (expected ${expected.en})`,
    details,
  );
}

function expectationOf(schema: Shape, property: string | null): Message | undefined {
  let field = property === null ? undefined : schema.shape[property];
  // what is said of a field stands inside of `optional` and `default`
  while (field instanceof z.ZodType) {
    const said = expectations.get(field);
    if (said) return said;
    field = field instanceof z.ZodOptional || field instanceof z.ZodDefault ? field.unwrap() : undefined;
  }
  return undefined;
}

const whole = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= from && value <= to);

/** A four-digit year in a query string. */
export const yearText = expecting(
  z
    .string()
    .regex(/^\d{4}$/)
    .transform(Number),
  "四位数年份",
  "a four-digit year",
);

/** A whole number in a query string. */
export const wholeText = (from: number, to: number) =>
  expecting(whole(from, to), `整数 ${from}…${to}`, `a whole number ${from}…${to}`);
