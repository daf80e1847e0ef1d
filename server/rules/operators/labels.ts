import type { Message } from "../../errors.ts";
import { findFact, gradeValues } from "../facts.ts";

export function factLabel(name: string): Message {
  return findFact(name)?.label ?? { zh: name, en: name };
}

const grades: Readonly<Record<string, Message>> = Object.fromEntries(
  gradeValues.map(({ code, zh, en }) => [code, { zh: zh[0] ?? code, en }]),
);

/** A year's record in words: a grade, passed or not, an entry of a list. */
function yearLabel(facts: readonly string[], found: unknown): Message {
  if (found === null || found === undefined) return { zh: "无记录", en: "no record" };
  if (typeof found === "boolean") {
    if (!facts.includes("continuingEducation")) return found ? { zh: "有", en: "yes" } : { zh: "无", en: "no" };
    return found ? { zh: "合格", en: "passed" } : { zh: "不合格", en: "failed" };
  }
  return grades[String(found)] ?? { zh: String(found), en: String(found) };
}

/** A value in words: the enumeration's label, 是/否, or the text itself. */
export function valueLabel(fact: string, found: unknown): Message {
  if (found === null || found === undefined) {
    return findFact(fact)?.absent === undefined
      ? { zh: "未知", en: "unknown" }
      : { zh: "无记录", en: "none on record" };
  }
  if (typeof found === "boolean") return found ? { zh: "是", en: "yes" } : { zh: "否", en: "no" };
  const type = findFact(fact)?.type;
  const entry = type?.kind === "enum" ? type.values.find(({ code }) => code === found) : undefined;
  return entry ? { zh: entry.zh[0] ?? entry.code, en: entry.en } : { zh: String(found), en: String(found) };
}

/** What was found, in words, for any shape that `Term.found` gives. */
export function foundLabel(facts: readonly string[], found: unknown): Message {
  if (found !== null && typeof found === "object" && !Array.isArray(found)) {
    const entries = Object.entries(found).map(([name, value]) => ({
      name: /^\d{4}$/.test(name) ? { zh: `${name}年`, en: name } : factLabel(name),
      value: /^\d{4}$/.test(name) ? yearLabel(facts, value) : valueLabel(name, value),
    }));
    if (entries.length === 0) return { zh: "无记录", en: "none on record" };
    return {
      zh: entries.map(({ name, value }) => `${name.zh}：${value.zh}`).join("，"),
      en: entries.map(({ name, value }) => `${name.en}: ${value.en}`).join(", "),
    };
  }
  return valueLabel(facts[0] ?? "", found);
}
