import { z } from "zod";
import { findFact } from "../facts.ts";
import { fromBoolean, type Outcome, unknown } from "../kleene.ts";
import type { Person } from "../person.ts";
import { everyValue } from "../probes.ts";
import { column, leaf, type Operator, quote } from "../term.ts";
import { factLabel, valueLabel } from "./labels.ts";

type Value = string | boolean;

const schema = z
  .strictObject({
    fact: z.string(),
    is: z.union([z.boolean(), z.string()]).optional(),
    in: z.union([z.array(z.string()).min(1), z.string()]).optional(),
    /** What absence counts as, where the rulebook says so and the catalogue does not. */
    absent: z.union([z.boolean(), z.string()]).optional(),
  })
  .refine((spec) => (spec.is === undefined) !== (spec.in === undefined), "give either `is` or `in`");

/** A fact with one of the given values; `in` takes a list or the name of one. */
export const value: Operator<z.infer<typeof schema>> = {
  name: "value",
  schema,
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
    const shown = accepted.map((one) => valueLabel(fact, one));
    return leaf({
      evaluate,
      cases: [
        [test, 2],
        [`${operand} IS NOT NULL`, 0],
      ],
      found: read,
      required: accepted.length === 1 ? accepted[0] : accepted,
      sentence:
        typeof accepted[0] === "boolean"
          ? { zh: `“${factLabel(fact).zh}”应为${shown[0]?.zh}`, en: `“${factLabel(fact).en}” must be ${shown[0]?.en}` }
          : {
              zh: `${factLabel(fact).zh}应为${shown.map(({ zh }) => zh).join("、")}`,
              en: `${factLabel(fact).en} must be ${shown.map(({ en }) => en).join(", ")}`,
            },
      facts: [fact],
      probes: () => everyValue(fact, accepted),
    });
  },
};

function missingList(name: string | undefined): never {
  throw new Error(`no list "${name}"`);
}
