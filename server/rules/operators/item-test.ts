/** What a field of a record must be, and whether the field can be so. */
import { z } from "zod";
import type { ItemField } from "../facts.ts";
import { addFault, didYouMean, type SpecFault, shown } from "../spec-fault.ts";
import type { Path } from "../yaml-text.ts";
import { checkCodes } from "./fields.ts";

const bound = z.union([z.string(), z.int()]);

/** Accepted codes, true or false, a range (ranks are ordered), or `given`. */
export const itemTest = z.union([
  z.array(z.string()).min(1),
  z.boolean(),
  z.strictObject({ atLeast: bound.optional(), atMost: bound.optional(), given: z.literal(true).optional() }),
]);
export type ItemTest = z.infer<typeof itemTest>;

type Refinement = Parameters<typeof addFault>[0];

/** Reports fields there are not, and tests and codes that do not fit their field. `path`: where the tests stand. */
export function checkItemTests(
  fields: readonly ItemField[],
  tests: Readonly<Record<string, ItemTest>>,
  context: Refinement,
  path: Path,
): void {
  for (const [name, test] of Object.entries(tests)) {
    const at = [...path, name];
    const field = fields.find((one) => one.name === name);
    if (field) checkItemTest(field, test, context, at);
    else
      addFault(context, at, {
        name: "unknownKey",
        message: { zh: `记录没有 ${name} 这一项`, en: `the records have no "${name}"` },
        suggestion: didYouMean(
          name,
          fields.map((one) => one.name),
        ),
      });
  }
}

function checkItemTest(field: ItemField, test: ItemTest, context: Refinement, at: Path): void {
  const codes = codesOf(field);
  if (!suits(field, test)) addFault(context, at, unfitTest(field, test));
  else if (Array.isArray(test)) checkCodes(test, codes, context, (index) => [...at, index]);
  else if (typeof test !== "boolean") {
    for (const [key, end] of rangeOf(test)) {
      if (field.kind === "enum") checkCodes([end], codes, context, () => [...at, key]);
      else if (typeof end !== "number") addFault(context, [...at, key], unfitTest(field, end));
    }
  }
}

type Range = Exclude<ItemTest, boolean | readonly string[]>;

const rangeOf = ({ atLeast, atMost }: Range): (readonly [key: string, end: string | number])[] => [
  ...(atLeast === undefined ? [] : [["atLeast", atLeast] as const]),
  ...(atMost === undefined ? [] : [["atMost", atMost] as const]),
];

/** Whether this kind of test can be put to the field; only ranks are ordered among the codes. */
function suits(field: ItemField, test: ItemTest): boolean {
  if (Array.isArray(test)) return field.kind === "enum";
  if (typeof test === "boolean") return field.kind === "boolean";
  const hasRange = rangeOf(test).length > 0;
  if (test.given) return !hasRange;
  const isOrdered = field.kind === "integer" || field.kind === "number" || field.name === "rank";
  return hasRange && isOrdered;
}

const codesOf = (field: ItemField): string[] => (field.kind === "enum" ? field.values.map(({ code }) => code) : []);

function unfitTest(field: ItemField, test: unknown): SpecFault {
  return {
    name: "wrongValue",
    message: {
      zh: `${field.name}（${field.label.zh}）不能这样要求：${shown(test)}`,
      en: `"${field.name}" cannot be asked to be ${shown(test)}`,
    },
    suggestion: { zh: `请写 ${remedy(field)}`, en: `write ${remedy(field)}` },
  };
}

/** What would suit the field; YAML, the same in both languages. */
function remedy(field: ItemField): string {
  switch (field.kind) {
    case "boolean":
      return "true / false";
    case "enum":
      return field.name === "rank" ? "{ atLeast: municipal }" : `[${codesOf(field).slice(0, 2).join(", ")}]`;
    case "integer":
    case "number":
      return "{ atMost: 3 }";
    case "date":
    case "string":
      return "{ given: true }";
  }
}
