import type { Message } from "../../errors.ts";
import { findFact } from "../facts.ts";

export function factLabel(name: string): Message {
  return findFact(name)?.label ?? { zh: name, en: name };
}

/** A value in words: the enumeration's label, 是/否, or the text itself. */
export function valueLabel(fact: string, found: unknown): Message {
  if (found === null || found === undefined) return { zh: "未知", en: "unknown" };
  if (typeof found === "boolean") return found ? { zh: "是", en: "yes" } : { zh: "否", en: "no" };
  const type = findFact(fact)?.type;
  const entry = type?.kind === "enum" ? type.values.find(({ code }) => code === found) : undefined;
  return entry ? { zh: entry.zh[0] ?? entry.code, en: entry.en } : { zh: String(found), en: String(found) };
}

/** What was found, in words, for any shape that `Term.found` gives. */
export function foundLabel(facts: readonly string[], found: unknown): Message {
  if (found !== null && typeof found === "object" && !Array.isArray(found)) {
    const entries = Object.entries(found).map(([name, value]) => ({
      name: factLabel(name),
      value: valueLabel(name, value),
    }));
    return {
      zh: entries.map(({ name, value }) => `${name.zh}：${value.zh}`).join("，"),
      en: entries.map(({ name, value }) => `${name.en}: ${value.en}`).join(", "),
    };
  }
  return valueLabel(facts[0] ?? "", found);
}
