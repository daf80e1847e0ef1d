import { z } from "zod";
import { met, type Outcome, unknown, unmet } from "../kleene.ts";
import type { Person } from "../person.ts";
import { combined } from "../probes.ts";
import { leaf, type Operator, perRow } from "../term.ts";
import { part } from "./group.ts";

const schema = z.strictObject({
  of: part.describe("报批的依据 · what approval may be sought with"),
  unless: part.describe("同时须未明确不符合 · what must not be unmet beside it"),
});

/**
 * A door that only an authority can open: with evidence for it the outcome is unknown, without it unmet; never met. Evidence
 * that is itself unknown is no evidence. `unless`: a term that must not be unmet.
 */
export const evidence: Operator<z.infer<typeof schema>> = {
  name: "evidence",
  schema,
  changesWithYear: ({ of, unless }, ofPart) => ofPart(of) || ofPart(unless),
  bind(spec, context) {
    const shown = context.bind(spec.of, "of");
    const needed = context.bind(spec.unless, "unless");
    const evaluate = (person: Person): Outcome =>
      shown.evaluate(person) === met && needed.evaluate(person) !== unmet ? unknown : unmet;
    const base = leaf({
      evaluate,
      sql: `CASE WHEN ${perRow(shown.sql)} = 2 AND ${perRow(needed.sql)} <> 0 THEN 1 ELSE 0 END`,
      fields: shown.fields,
      required: shown.required,
      sentence: {
        zh: `有下列依据方可报批：${shown.sentence.zh}`,
        en: `approval may be sought with: ${shown.sentence.en}`,
      },
      missing: (person) => (evaluate(person) === unknown ? needed.missing(person) : []),
      facts: [...shown.facts, ...needed.facts],
      probes: () => combined([shown, needed], "all"),
    });
    return { ...base, parts: shown.parts };
  },
};
