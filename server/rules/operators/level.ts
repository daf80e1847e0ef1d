import { z } from "zod";
import type { Message } from "../../errors.ts";
import { type Level, levels } from "../facts.ts";
import type { Outcome } from "../kleene.ts";
import { fromBoolean, unknown } from "../kleene.ts";
import type { Person } from "../person.ts";
import { everyValue } from "../probes.ts";
import { column, leaf, type Operator, quote } from "../term.ts";
import { oneOf, valueLabel } from "./labels.ts";

const schema = z.strictObject({
  is: z
    .enum(["justBelow", "below", "target"])
    .describe(
      "justBelow 恰为下一级，below 任何较低等级，target 就是申报等级 · the level just below the target, any below it, the target itself",
    ),
  certified: z.boolean().optional().describe("true：无等级的不算 · leaves out workers without any level"),
});

/** What is asked, in words: the level itself, or how it lies to the target. */
function sentenceOf(accepted: readonly Level[], isBelow: boolean, target: Level): Message {
  if (accepted.every((one) => one === "none")) return { zh: "应无技术等级", en: "must hold no skill grade" };
  if (isBelow) {
    const { zh, en } = valueLabel("level", target);
    return accepted.includes("none")
      ? { zh: `现技术等级应低于${zh}（无等级也可）`, en: `present level must be below ${en} (none will do)` }
      : { zh: `现技术等级应低于${zh}（须已有等级）`, en: `present level must be a grade below ${en}` };
  }
  const shown = oneOf(accepted.map((one) => valueLabel("level", one)));
  return { zh: `现技术等级应为${shown.zh}`, en: `present level must be ${shown.en}` };
}

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
    return leaf({
      evaluate,
      cases: [
        [`${column("level")} IN (${list})`, 2],
        [`${column("level")} IS NOT NULL`, 0],
      ],
      found: read,
      required: accepted.length === 1 ? accepted[0] : accepted,
      sentence: sentenceOf(accepted, is === "below", target),
      facts: ["level"],
      probes: () => everyValue("level"),
    });
  },
};
