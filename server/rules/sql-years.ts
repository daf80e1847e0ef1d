/**
 * Bound levels of several exam years → SQL that looks at the facts of a person once for all of them.
 *
 * Bound to another year a rulebook asks the same of other dates: the SQL differs in literals only. These become columns of a relation
 * of years, so that one text, planned once, serves all years; what no year changes is summed once a person. Few states are different
 * from one another, so decisions are made once a state and not once a person.
 */
import type { BoundLevel } from "./bind.ts";
import { hoist } from "./hoist.ts";
import { contributionsOf, eachLevel, layersOf, quoted, sharedBy, stacked, stateOf, sum, wordsOf } from "./sql.ts";

export interface YearlyPeople {
  /** Relation with fact columns, a row per person. */
  readonly relation: string;
  /** Its columns to carry along. */
  readonly keys: readonly string[];
  /** Facts that are not the same in every exam year, as SQL over the relation and `exam`. */
  readonly yearly: Readonly<Record<string, string>>;
  /** A relation `r` that says more of each person, maybe in several rows, as SQL of a join with `p`: columns to carry along and the join. */
  readonly more?: { readonly columns: readonly string[]; readonly join: string } | undefined;
  /** Who is decided in which years: those of whom these columns of `p` and `r` have these values in these exam years. */
  readonly equal: readonly string[];
  readonly times: readonly (readonly [exam: number, ...values: number[]])[];
}

export interface YearlyMasks {
  readonly years: readonly number[];
  /** Columns of the state of a person in an exam year. */
  readonly states: readonly string[];
  /** SELECT of the keys, exam and the states. */
  sums(people: YearlyPeople): string;
  /** SELECT of the states, level (position), planning, module and blocking (see sql.ts) over a relation of states. */
  decided(relation: string): string;
}

/** Literals that may differ from year to year; texts and names in quotes are passed over. */
const literals = /DATE '[^']*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\b\d+(?:\.\d+)?(?:::[A-Z]+)?\b/g;
/** Begins the names of the columns of the relation of years. */
const ofYears = "of_year_";
const mayDiffer = (literal: string) => /^(?:DATE|\d)/.test(literal);

/** One for each set of years in which the levels ask the same of other dates; as a rule that is one. `bounds`: exam year → levels. */
export function yearlyMasks(bounds: ReadonlyMap<number, readonly BoundLevel[]>): YearlyMasks[] {
  const alike = new Map<string, (readonly [number, Bound])[]>();
  for (const [year, levels] of bounds) {
    const words = levels.map(wordsOf);
    const found = [...contributionsOf(words)];
    const shared = sharedBy(found);
    const layers = layersOf(levels, words, stateOf(shared)).map((own) => own.slice(0, -1).concat(foretold(own)));
    const bound = { texts: found.map(([text]) => text), users: found.map(([, states]) => states), layers };
    const blank = (text: string) => text.replaceAll(literals, (one) => (mayDiffer(one) ? "?" : one));
    const shape = JSON.stringify([bound.texts.map(blank), bound.users.map((states) => [...states]), layers]);
    alike.set(shape, [...(alike.get(shape) ?? []), [year, bound]]);
  }
  return [...alike.values()].map(merged);
}

type Layers = ReturnType<typeof layersOf>[number];

interface Bound {
  readonly texts: readonly string[];
  /** By text: the states it is part of. */
  readonly users: readonly ReadonlySet<string>[];
  readonly layers: readonly Layers[];
}

/** Of the last layer, what a forecast looks at. */
const foretold = (layers: Layers): Layers => {
  const { planning = "NULL", module = "NULL", blocking = "NULL" } = layers.at(-1) ?? {};
  return [{ planning, module, blocking }];
};

function merged(alike: readonly (readonly [number, Bound])[]): YearlyMasks {
  const years = alike.map(([year]) => year);
  const [, first] = alike[0] ?? [];
  if (!first) throw new Error("no year");
  /** Column of the relation of years → its values. */
  const values = new Map<string, string>();
  const columnOf = (list: readonly string[]) => {
    const key = list.join(", ");
    const name = values.get(key) ?? `${ofYears}${values.size}`;
    values.set(key, name);
    return name;
  };
  const texts = first.texts.map((text, index) => {
    const found = alike.map(([, { texts }]) => texts[index]?.match(literals) ?? []);
    let at = 0;
    return text.replaceAll(literals, (literal) => {
      const list = found.map((own) => own[at] ?? "");
      at++;
      return list.every((one) => one === literal) ? literal : columnOf(list);
    });
  });
  const literalsOf = new Map(
    years.map((year, index) => [year, [...values.keys()].map((list) => list.split(", ")[index] ?? "")]),
  );
  const shared = sharedBy(first.users.map((users, index) => [String(index), users]));
  const states = shared.map((_, index) => `s${index}`);

  return {
    years,
    states,
    sums({ relation, keys, yearly, more, equal, times }) {
      const changing = new RegExp(`\\b(?:${[`${ofYears}\\d+`, ...Object.keys(yearly)].join("|")})\\b`);
      const isYearly = texts.map((text) => changing.test(text));
      const still = hoist(texts.map((text, index) => (isYearly[index] ? "" : text)));
      const moving = hoist(
        texts.map((text, index) => (isYearly[index] ? text : "")),
        "e",
      );
      const part = (own: readonly string[], ofYear: boolean, from: readonly string[]) =>
        own.flatMap((index) => (isYearly[Number(index)] === ofYear ? [from[Number(index)] ?? ""] : []));
      const once = shared.map(({ texts: own }, index) => `${sum(part(own, false, still.expressions))} AS t${index}`);
      const each = shared.map(
        ({ texts: own }, index) => `${[`t${index}`, ...part(own, true, moving.expressions)].join(" + ")} AS s${index}`,
      );
      const facts = Object.entries(yearly).map(([name, sql]) => `${sql} AS "${name}"`);
      const people = `(SELECT *, ${once.join(", ")} FROM ${still.over(relation)})`;
      // Joined by what is equal: by what is less or more the join would sort everybody first.
      const rows = times.flatMap(([exam, ...own]) => {
        const ofYear = literalsOf.get(exam);
        return ofYear ? [`(${[`${exam}::SMALLINT`, ...own, ...ofYear].join(", ")})`] : [];
      });
      const columns = ["exam", ...equal.map((_, index) => `equal${index}`), ...values.values()];
      const on = equal.map((name, index) => `y.equal${index} = ${name}`).join(" AND ");
      const then = `(SELECT p.* ${facts.length > 0 ? `REPLACE (${facts.join(", ")})` : ""}, ${[...(more?.columns ?? []).map((name) => `r."${name}"`), "y.*"].join(", ")}
        FROM ${people} p ${more?.join ?? ""} JOIN (VALUES ${rows.join(", ")}) AS y(${columns.join(", ")}) ON ${on})`;
      return `SELECT ${[...quoted(keys), "exam", ...each].join(", ")} FROM ${moving.over(then)}`;
    },
    decided: (relation) => stacked(first.layers, eachLevel(relation, first.layers.length), [...states, "level"]),
  };
}
