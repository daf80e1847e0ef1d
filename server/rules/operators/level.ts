import { z } from "zod";
import { type Level, levels } from "../facts.ts";
import type { Outcome } from "../kleene.ts";
import { fromBoolean, unknown } from "../kleene.ts";
import type { Person } from "../person.ts";
import { everyValue } from "../probes.ts";
import { column, leaf, type Operator, quote } from "../term.ts";
import { valueLabel } from "./labels.ts";

const schema = z.strictObject({
  is: z
    .enum(["justBelow", "below", "target"])
    .describe(
      "justBelow 恰为下一级，below 任何较低等级，target 就是申报等级 · the level just below the target, any below it, the target itself",
    ),
  certified: z.boolean().optional().describe("true：无等级的不算 · leaves out workers without any level"),
});

/** The present level, seen from the target. */
export const level: Operator<z.infer<typeof schema>> = {
  name: "level",
  schema,
  changesWithYear: () => false,
  bind({ is, certified = false }, { target }) {
    const position = levels.indexOf(target);
    const accepted: readonly Level[] = levels.filter(
      (candidate, index) =>
        (is === "target" ? index === position : is === "below" ? index < position : index === position - 1) &&
        !(certified && candidate === "none"),
    );
    const read = (person: Person) => person.facts.level ?? null;
    const evaluate = (person: Person): Outcome => {
      const found = read(person);
      return found === null ? unknown : fromBoolean(accepted.includes(found));
    };
    const list = accepted.map(quote).join(", ") || "NULL";
    const shown = accepted.map((one) => valueLabel("level", one));
    return leaf({
      evaluate,
      cases: [
        [`${column("level")} IN (${list})`, 2],
        [`${column("level")} IS NOT NULL`, 0],
      ],
      found: read,
      required: accepted.length === 1 ? accepted[0] : accepted,
      sentence: {
        zh: `现技术等级应为${shown.map(({ zh }) => zh).join("、")}`,
        en: `present level must be ${shown.map(({ en }) => en).join(" or ")}`,
      },
      facts: ["level"],
      probes: () => everyValue("level"),
    });
  },
};
