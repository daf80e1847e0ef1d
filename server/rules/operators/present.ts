import { z } from "zod";
import { formatInterval } from "../dates.ts";
import { fromBoolean } from "../kleene.ts";
import { column, leaf, type Operator } from "../term.ts";
import { factLabel } from "./labels.ts";

const schema = z.strictObject({ fact: z.string() });

/** A date is given at all; absence is an answer (not a veteran, …), so this is never unknown. */
export const present: Operator<z.infer<typeof schema>> = {
  name: "present",
  schema,
  bind({ fact }) {
    return leaf({
      evaluate: (person) => fromBoolean(person.date(fact) !== undefined),
      sql: `CASE WHEN ${column(`${fact}From`)} IS NULL THEN 0 ELSE 2 END`,
      found(person) {
        const interval = person.date(fact);
        return interval ? formatInterval(interval) : null;
      },
      required: true,
      sentence: { zh: `有${factLabel(fact).zh}记录`, en: `${factLabel(fact).en} is on record` },
      facts: [fact],
    });
  },
};
