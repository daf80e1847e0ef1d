/** Checks what came in against a zod schema; the first fault becomes a sentence that names the parameter and what is allowed. */
import { z } from "zod";
import { badInput } from "../errors.ts";
import { nearest } from "../rules/parse-facts.ts";

type Shape = z.ZodObject;

const show = (value: unknown) => {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};

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
      `没有参数 ${name}${hint ? `，是否指 ${hint}？` : ""}（可用：${names.join("、") || "无"}）`,
      `unknown parameter ${name}${hint ? `; did you mean ${hint}?` : ""} (expected ${names.join(", ") || "none"})`,
      { property: name, value: valueAt(input, [name]) ?? null, allowed: names },
    );
  }
  const path = issue?.path ?? [];
  const property = path.length > 0 ? String(path[0]) : null;
  const value = valueAt(input, path);
  const allowed = issue?.code === "invalid_value" ? issue.values : undefined;
  const expected = allowed ? allowed.join(", ") : (describe(schema, property) ?? issue?.message ?? "");
  const details = { property, value: value ?? null, ...(allowed ? { allowed } : {}) };
  if (value === undefined) {
    throw badInput(
      `缺少参数 ${property}（应为：${expected}）`,
      `${property} is required (expected ${expected})`,
      details,
    );
  }
  throw badInput(
    `参数 ${property ?? ""} 的值 ${show(value)} 无效（应为：${expected}）`,
    `invalid ${property ?? "input"}: ${show(value)} (expected ${expected})`,
    details,
  );
}

function describe(schema: Shape, property: string | null): string | undefined {
  const field = property === null ? undefined : schema.shape[property];
  return field instanceof z.ZodType ? field.description : undefined;
}

const whole = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= from && value <= to);

/** A four-digit year in a query string. */
export const yearText = z
  .string()
  .regex(/^\d{4}$/)
  .transform(Number)
  .describe("a four-digit year");

/** A whole number in a query string. */
export const wholeText = (from: number, to: number) => whole(from, to).describe(`a whole number ${from}…${to}`);
