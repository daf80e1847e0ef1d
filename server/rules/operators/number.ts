import { z } from "zod";
import type { Outcome } from "../kleene.ts";
import { fromBoolean, unknown } from "../kleene.ts";
import type { Person } from "../person.ts";
import { patches } from "../probes.ts";
import { column, leaf, type Operator } from "../term.ts";
import { factName } from "./fields.ts";
import { countLabel, factLabel } from "./labels.ts";

const schema = z.strictObject({ fact: factName("integer", "number"), atLeast: z.int().describe("不少于 · at least") });

/** A count of at least n. */
export const number: Operator<z.infer<typeof schema>> = {
  name: "number",
  schema,
  changesWithYear: () => false,
  bind({ fact, atLeast }) {
    const { noun, unit } = countLabel(fact);
    const read = (person: Person) => person.value(fact) as number | null;
    const evaluate = (person: Person): Outcome => {
      const found = read(person);
      return found === null ? unknown : fromBoolean(found >= atLeast);
    };
    return leaf({
      evaluate,
      cases: [
        [`${column(fact)} >= ${atLeast}`, 2],
        [`${column(fact)} < ${atLeast}`, 0],
      ],
      found: read,
      required: atLeast,
      sentence: {
        zh: `${noun}应不少于${atLeast}${unit}`,
        en: `${factLabel(fact).en}: at least ${atLeast}`,
      },
      shortfall(person) {
        const found = read(person);
        return found !== null && found < atLeast
          ? { zh: `还差 ${atLeast - found}${unit && ` ${unit}`}`, en: `${atLeast - found} short` }
          : undefined;
      },
      facts: [fact],
      probes: () => patches(fact, [Math.max(0, atLeast - 1), atLeast, atLeast + 1, null]),
    });
  },
};
