/** Probes of a list fact: one passing item fewer or more than asked, and items that differ from a passing one in one field. */
import { dayOf } from "./dates.ts";
import type { ItemField } from "./facts.ts";
import type { FactItem, Facts } from "./parse-facts.ts";
import { aroundDay, crossed, distinct, patch, patches } from "./probes.ts";

interface ItemRule {
  readonly fact: string;
  readonly fields: readonly ItemField[];
  /** By name of a field: its range or accepted codes. */
  readonly where: Readonly<Record<string, unknown>>;
  readonly atLeast: number;
  /** The fact on or after whose date the items must be. */
  readonly since: string | undefined;
  readonly year: number;
  /** Whether a value passes the test of its field. */
  accepts(field: ItemField, found: FactItem[string]): boolean;
}

/** Every code, both answers, numbers at and beside the ends of a range; and no value, where that is allowed. */
function worthTrying(field: ItemField, test: unknown): readonly FactItem[string][] {
  const none = field.required ? [] : [null];
  switch (field.kind) {
    case "boolean":
      return [true, false, ...none];
    case "enum":
      return [...field.values.map(({ code }) => code), ...none];
    case "integer":
    case "number": {
      const { min = 0, max = Number.POSITIVE_INFINITY } = field;
      const ends = typeof test === "object" && test !== null ? Object.values(test).map(Number) : [];
      const numbers = [min, ...ends].flatMap((end) => [end - 1, end, end + 1]);
      return [...numbers.filter((found) => found >= min && found <= max), ...none];
    }
    default:
      return ["2000-01-01", ...none];
  }
}

export function itemProbes({ fact, fields, where, atLeast, since, year, accepts }: ItemRule): Facts[] {
  const trials = fields
    .filter((field) => field.required || where[field.name] !== undefined)
    .map((field) => ({ field, values: worthTrying(field, where[field.name]) }));
  const passing: FactItem = Object.fromEntries(
    trials.map(({ field, values }) => [field.name, values.find((found) => accepts(field, found)) ?? values[0]]),
  );
  const dateName = fields.find(({ kind }) => kind === "date")?.name ?? "";
  // Long enough ago to leave thresholds of the exam year alone.
  const start = dayOf(year - 10, 6, 15);
  const dates = aroundDay(dateName, start).map((found) => (found as FactItem)[dateName]);
  const good: FactItem = since === undefined ? passing : { ...passing, [dateName]: dates[1] };
  const others = Array.from({ length: atLeast - 1 }, () => good);
  const variants = [
    ...trials.flatMap(({ field, values }) => values.map((found) => ({ ...good, [field.name]: found }))),
    ...(since === undefined ? [] : dates.map((found) => ({ ...good, [dateName]: found }))),
  ];
  const lists = patches(fact, [
    null,
    [],
    others,
    [...others, good],
    [...others, good, good],
    ...variants.map((item) => [...others, item]),
  ]);
  if (since === undefined) return distinct(lists);
  return distinct([
    ...crossed(patches(since, [dates[1]]), lists),
    ...crossed(patches(since, dates), [patch({ [fact]: [...others, good] })]),
  ]);
}
