import { z } from "zod";
import { findFact } from "../facts.ts";
import { fromBoolean, type Outcome, unknown } from "../kleene.ts";
import type { Person } from "../person.ts";
import { everyValue } from "../probes.ts";
import { addFault, type SpecFault, shown } from "../spec-fault.ts";
import { column, leaf, type Operator, quote } from "../term.ts";
import { checkCodes, exactlyOne, factName } from "./fields.ts";
import { factLabel, oneOf, valueLabel } from "./labels.ts";
import { statementAsked } from "./statements.ts";

type Value = string | boolean;

const schema = z
  .strictObject({
    fact: factName("boolean", "enum", "string"),
    is: z.union([z.boolean(), z.string()]).optional(),
    in: z
      .union([z.array(z.string()).min(1), z.string()])
      .optional()
      .describe("取值列表，或 lists 中的名称 · values, or the name of a list"),
    absent: z
      .union([z.boolean(), z.string()])
      .optional()
      .describe("未登记时当作什么 · what absence counts as, where the catalogue does not say so"),
  })
  .superRefine(exactlyOne("is", "in"))
  .superRefine((spec, context) => {
    const type = findFact(spec.fact)?.type;
    const wantsBoolean = type?.kind === "boolean";
    for (const key of ["is", "in", "absent"] as const) {
      const given = spec[key];
      if (given !== undefined && (typeof given === "boolean") !== wantsBoolean)
        addFault(context, [key], unfitValue(spec.fact, key, given, wantsBoolean));
      else if (type?.kind === "enum" && given !== undefined && !(key === "in" && typeof given === "string")) {
        const codes = type.values.map(({ code }) => code);
        const isList = Array.isArray(given);
        checkCodes(isList ? given : [given], codes, context, (index) => (isList ? [key, index] : [key]));
      }
    }
  });

const unfitValue = (fact: string, key: string, given: unknown, wantsBoolean: boolean): SpecFault => ({
  name: "wrongValue",
  message: wantsBoolean
    ? { zh: `信息 ${fact} 只有是否，不能为 ${shown(given)}`, en: `"${fact}" is true or false, not ${shown(given)}` }
    : { zh: `信息 ${fact} 的值不能为 ${shown(given)}`, en: `"${fact}" cannot be ${shown(given)}` },
  suggestion: wantsBoolean
    ? { zh: "请写 is: true 或 is: false", en: "write is: true or is: false" }
    : { zh: `请为 ${key} 写文字代码`, en: `write a text code for ${key}` },
});

/** A fact with one of the given values; `in` takes a list or the name of one. */
export const value: Operator<z.infer<typeof schema>> = {
  name: "value",
  schema,
  changesWithYear: () => false,
  bind(spec, { lists }) {
    const { fact } = spec;
    const accepted: readonly Value[] =
      spec.is !== undefined
        ? [spec.is]
        : Array.isArray(spec.in)
          ? spec.in
          : (lists.get(spec.in ?? "") ?? missingList(spec.in));
    const catalogueAbsent = findFact(fact)?.absent;
    const absent = spec.absent ?? (typeof catalogueAbsent === "boolean" ? catalogueAbsent : undefined);
    const read = (person: Person) => (person.value(fact) ?? absent ?? null) as Value | null;
    const evaluate = (person: Person): Outcome => {
      const found = read(person);
      return found === null ? unknown : fromBoolean(accepted.includes(found));
    };
    const literals = accepted.map((one) => (typeof one === "boolean" ? String(one) : quote(one)));
    const operand =
      absent === undefined
        ? column(fact)
        : `coalesce(${column(fact)}, ${typeof absent === "boolean" ? absent : quote(absent)})`;
    const test = literals.length === 1 ? `${operand} = ${literals[0]}` : `${operand} IN (${literals.join(", ")})`;
    const [first] = accepted;
    const label = factLabel(fact);
    const shown = oneOf(accepted.map((one) => valueLabel(fact, one)));
    return leaf({
      evaluate,
      cases: [
        [test, 2],
        [`${operand} IS NOT NULL`, 0],
      ],
      found: read,
      required: accepted.length === 1 ? accepted[0] : accepted,
      sentence:
        typeof first === "boolean"
          ? statementAsked(fact, first)
          : { zh: `${label.zh}应为${shown.zh}`, en: `${label.en} must be ${shown.en}` },
      facts: [fact],
      probes: () => everyValue(fact, accepted),
    });
  },
};

function missingList(name: string | undefined): never {
  throw new Error(`no list "${name}"`);
}
