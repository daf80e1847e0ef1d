import { z } from "zod";
import { fromBoolean, unmet } from "../kleene.ts";
import { addFault } from "../spec-fault.ts";
import { leaf, type Operator } from "../term.ts";

const schema = z
  .strictObject({
    every: z.int().min(2).describe("几年一个周期 · years of the cycle"),
    remainder: z.int().min(0).describe("年度除以周期的余数 · the exam year modulo the cycle"),
  })
  .superRefine(({ every, remainder }, context) => {
    if (remainder < every) return;
    addFault(context, ["remainder"], {
      name: "wrongValue",
      message: { zh: `余数 ${remainder} 不小于周期 ${every}`, en: `the remainder ${remainder} is not below ${every}` },
      suggestion: { zh: `请写 0…${every - 1}`, en: `write 0…${every - 1}` },
    });
  });

/** Registration is open only in some years: Y modulo `every` is `remainder`. */
export const cycle: Operator<z.infer<typeof schema>> = {
  name: "cycle",
  schema,
  changesWithYear: () => true,
  bind({ every, remainder }, { year }) {
    const outcome = fromBoolean(year % every === remainder);
    const next = year + ((remainder - (year % every) + every) % every);
    const even = every === 2 && remainder === 0;
    return leaf({
      evaluate: () => outcome,
      sql: String(outcome),
      found: () => year,
      required: { every, remainder },
      sentence: {
        zh: even ? "双数年份集中申报（两年一个周期）" : `每${every}年申报一次`,
        en: even ? "registration in even years only" : `registration once in ${every} years`,
      },
      shortfall: () =>
        outcome === unmet ? { zh: `下一申报年份为${next}年`, en: `next registration in ${next}` } : undefined,
      facts: [],
      probes: () => [{}],
    });
  },
};
