/** Conditions of a merged rulebook by name, each resolved once; those at fault are left out. */
import { conditionKeys, operatorOf } from "./condition-text.ts";
import { findFact } from "./facts.ts";
import type { MergedBook, MergedCondition } from "./merge-book.ts";
import { unknownCode } from "./operators/fields.ts";
import type { Condition } from "./rulebook.ts";
import { didYouMean } from "./spec-fault.ts";
import type { TermSpec } from "./term.ts";
import type { Path } from "./yaml-text.ts";

// The notices leave these to an authority; a planner never counts on them.
const neverCountedOn = new Set(["relaxation", "first-promotion", "champion", "special-approval"]);

const alternatives = ["any", "anyUnused"];

/** Of a condition with alternatives each is excluded by itself. */
function withAlternativesExcluded(part: TermSpec): TermSpec {
  const excluded: Record<string, unknown> = { ...part };
  for (const name of alternatives) {
    const parts = part[name];
    if (Array.isArray(parts)) excluded[name] = parts.map((one: TermSpec) => ({ ...one, planning: "exclude" }));
  }
  return excluded;
}

/** A reference that was followed: the id is known even of a condition that is at fault. */
export interface Found {
  readonly id: string | undefined;
  readonly condition: Condition | undefined;
}

export class ConditionResolver {
  readonly #merged: MergedBook;
  readonly #resolved = new Map<string, Found>();
  /** Names of conditions and lists that something refers to. */
  readonly usedConditions = new Set<string>();
  readonly usedLists = new Set<string>();

  constructor(merged: MergedBook) {
    this.#merged = merged;
  }

  /** The condition of a name. `path`: where the rulebook itself writes the name; an inherited one has been reported on already. */
  find(key: string, path: Path | undefined): Found {
    const known = this.#resolved.get(key);
    if (known) return known;
    const merged = this.#merged.conditions.get(key);
    if (!merged) {
      this.#reportUnknown(key, path);
      return { id: undefined, condition: undefined };
    }
    const condition = this.#resolve(key, merged);
    const isIdDoubtful = merged.writers.some(({ report }) => report.isFaulty(["conditions", key, "id"]));
    const found = { id: merged.text.id ?? (isIdDoubtful ? undefined : key), condition };
    this.#resolved.set(key, found);
    return found;
  }

  #reportUnknown(key: string, path: Path | undefined): void {
    const { parsed, names } = this.#merged;
    if (!path || names.conditions.has(key) || this.#merged.mayHoldMore("conditions")) return;
    const whole = [...this.#merged.conditions].find(([, { text }]) => optionIds(text).includes(key))?.[0];
    parsed.report.add(path, {
      name: "unknownCondition",
      message: { zh: `没有条件 ${key}`, en: `unknown condition "${key}"` },
      suggestion:
        whole === undefined
          ? didYouMean(key, [...names.conditions])
          : {
              zh: `${key} 是 ${whole} 的一项，请写 ${whole}`,
              en: `it is one of the options of "${whole}": write that`,
            },
    });
  }

  /** Undefined when a file that writes the condition is at fault there. */
  #resolve(key: string, { text, writers, citation }: MergedCondition): Condition | undefined {
    const isFaulty = writers.some(({ report }) => report.isFaulty(["conditions", key]));
    const isLost = listsIn(text).some(({ name }) => {
      const list = this.#merged.lists.get(name);
      return !list || list.owner.report.isFaulty(["lists", name]);
    });
    if (isFaulty || isLost || !citation || operatorOf(text) === undefined) return undefined;
    const id = text.id ?? key;
    const owner = writers.at(-1);
    const part = Object.fromEntries(Object.entries(text).filter(([name]) => !conditionKeys.includes(name)));
    const isExceptional = id === "exceptional";
    const isExcluded = neverCountedOn.has(id) || (isExceptional && !alternatives.some((name) => name in part));
    return {
      key,
      id,
      label: text.label,
      citation,
      derived: text.derived ?? false,
      inheritedFrom: owner === this.#merged.parsed ? undefined : owner?.text.id,
      planning: isExcluded ? "exclude" : text.planning,
      advisory: text.advisory ?? false,
      trades: text.trades,
      part: isExceptional ? withAlternativesExcluded(part) : part,
      noneMet: text.noneMet,
    };
  }

  /** Reports conditions of the rulebook's own without citation or operator, and lists and codes there are not. */
  checkOwn(): void {
    const { parsed, conditions } = this.#merged;
    const { report, text } = parsed;
    for (const [key, merged] of conditions) {
      const path = ["conditions", key];
      const isOwn = text.conditions?.[key] !== undefined;
      if (isOwn && !report.isFaulty(path) && !this.#merged.mayHoldMore("conditions"))
        this.#checkWhole(key, merged, path);
      this.#checkLists(merged.text, path, isOwn);
    }
  }

  #checkWhole(key: string, { text, citation, writers }: MergedCondition, path: Path): void {
    const { report } = this.#merged.parsed;
    if (writers.some((one) => one.report !== report && one.report.isFaulty(path))) return;
    if (operatorOf(text) === undefined) {
      report.add(
        path,
        {
          name: "operatorCount",
          message: { zh: `条件 ${key} 没有写要求什么`, en: `condition "${key}" asks for nothing` },
          suggestion: {
            zh: "请写一种条件，如 value: { fact: onPost, is: true }",
            en: "write an operator, such as value: { fact: onPost, is: true }",
          },
        },
        "key",
      );
    } else if (!citation) {
      report.add(
        path,
        {
          name: "missingCitation",
          message: { zh: `条件 ${key} 没有依据条款`, en: `condition "${key}" has no citation` },
          suggestion: { zh: "请写 cite: 条款号，如 cite: 三.2", en: "write cite: with the clause, such as cite: 三.2" },
        },
        "key",
      );
    }
  }

  /** Lists must be there, and their entries codes of the fact. */
  #checkLists(part: unknown, path: Path, isOwn: boolean): void {
    for (const { name, fact, path: inner } of listsIn(part)) {
      const at = [...path, ...inner];
      this.usedLists.add(name);
      const { parsed, lists, names } = this.#merged;
      const list = lists.get(name);
      const type = findFact(fact)?.type;
      if (list && type?.kind === "enum") {
        const codes = type.values.map(({ code }) => code);
        for (const [index, entry] of list.entries.entries())
          if (!codes.includes(entry)) list.owner.report.add(["lists", name, index], unknownCode(entry, codes));
      } else if (!list && isOwn && !names.lists.has(name) && !this.#merged.mayHoldMore("lists")) {
        const message = { zh: `没有列表 ${name}`, en: `unknown list "${name}"` };
        const suggestion = names.lists.size > 0 ? didYouMean(name, [...names.lists]) : writeOut(name);
        parsed.report.add(at, { name: "unknownList", message, suggestion });
      }
    }
  }
}

/** Ids of the options of a condition, however nested. */
export function optionIds(part: unknown): string[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([name, inner]) =>
    ["any", "anyUnused", "all"].includes(name) && Array.isArray(inner)
      ? inner.flatMap((one) => [...(typeof one?.id === "string" ? [one.id] : []), ...optionIds(one)])
      : [],
  );
}

interface NamedList {
  readonly name: string;
  readonly fact: string;
  readonly path: Path;
}

/** `value: { fact, in: name }`, however nested. */
function listsIn(part: unknown, path: Path = []): NamedList[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([step, inner]) => {
    const at = [...path, Array.isArray(part) ? Number(step) : step];
    const own =
      step === "value" && typeof inner?.in === "string"
        ? [{ name: inner.in, fact: String(inner.fact), path: [...at, "in"] }]
        : [];
    return [...own, ...listsIn(inner, at)];
  });
}

const writeOut = (name: string) => ({
  zh: `请写 in: [${name}] 或在 lists 中定义`,
  en: `write in: [${name}], or define it under lists`,
});
