/** The words for the codes of the catalogue: technician → 技师. */
import type { Message } from "../errors.ts";
import { facts } from "../rules/facts.ts";

const words = new Map<string, Message>();
for (const name of ["level", "education", "sex"]) {
  const type = facts.find((fact) => fact.name === name)?.type;
  if (type?.kind !== "enum") continue;
  for (const { code, zh, en } of type.values) words.set(code, { zh: zh[0] ?? code, en });
}

/** What is no code of a level, an education or a sex stands for itself. */
export const wordsOf = (code: string): Message => words.get(code) ?? { zh: code, en: code };

/** Every code with its words, for queries that make sentences. */
export const codeWords: readonly { readonly code: string; readonly zh: string; readonly en: string }[] = [...words].map(
  ([code, { zh, en }]) => ({ code, zh, en }),
);
