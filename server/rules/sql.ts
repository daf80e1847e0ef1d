/**
 * Rulebook levels in one exam year → one SELECT over a relation with fact columns (`columns.ts`), a row per worker and level:
 *
 *   <key columns>, decision, planning (0 ineligible, 1 undetermined, 2 eligible), module (position in `modules`, null unless
 *   eligible), unmet, "unknown", blocking (masks: bit n is condition n of the bound level), "pathwaysMet", "pathwaysUnknown"
 *   (masks: bit n is pathway n).
 *
 * Every condition contributes one number to a sum, the state: its bit in the lower half when unmet, in the upper half when unknown,
 * nothing when met or not applicable. A pathway, a decision, a waiver or a near miss is then mask arithmetic on the state.
 *
 * Levels of one rulebook ask much the same, so the facts are looked at once for all of them: contributions that the same levels
 * share are summed once, and only the arithmetic on the sums is done per level.
 */
import type { BoundCondition, BoundLevel, BoundPathway } from "./bind.ts";
import { hoist } from "./hoist.ts";
import { met, type Outcome, unknown, unmet } from "./kleene.ts";
import { type Module, modules } from "./rulebook.ts";
import { type OutcomeCases, perRow } from "./term.ts";

/** A state is held in words of this many conditions. */
const perWord = 32;
/** Conditions that the stored masks can hold. */
const largest = 64;

const wordOf = (item: BoundCondition) => Math.floor(item.bit / perWord);
const bitOf = (item: BoundCondition) => 1n << BigInt(item.bit % perWord);
const upper = (bits: bigint) => bits << BigInt(perWord);
const literal = (bits: bigint) => `${bits}::UBIGINT`;
export const sum = (texts: readonly string[]) => (texts.length === 0 ? literal(0n) : texts.join(" + "));
const anyOf = (tests: readonly string[]) => tests.map((test) => `(${test})`).join(" OR ");
const isLate = (item: BoundCondition) => item.noneMet !== undefined;

/** How outcomes and modules are written. */
export interface Words {
  /** 0 unmet, 1 unknown, 2 met. */
  outcome(outcome: Outcome): string;
  module(module: Module): string;
}

const numbers: Words = { outcome: String, module: (module) => String(modules.indexOf(module)) };

/** What a condition adds to its word. The outcome of `notListed` adds nothing. */
function contribution(item: BoundCondition, outcome: string, cases?: OutcomeCases): string {
  const added = [bitOf(item), upper(bitOf(item)), 0n].map(literal);
  if (cases) {
    return `CASE ${cases.map(([test, found]) => `WHEN ${test} THEN ${added[found]}`).join(" ")} ELSE ${added[unknown]} END`;
  }
  const found = perRow(outcome);
  return `CASE WHEN ${found} = ${unmet} THEN ${added[unmet]} WHEN ${found} = ${unknown} THEN ${added[unknown]} ELSE ${added[met]} END`;
}

/** One word of the state of a level: its conditions that facts alone decide. */
export interface Word {
  readonly conditions: readonly BoundCondition[];
  /** Those whose planning is more than a mark put on the outcome: planning sums them anew. */
  readonly planned: readonly BoundCondition[];
}

const wordCount = (conditions: readonly BoundCondition[]) => Math.max(1, Math.ceil(conditions.length / perWord));

export function wordsOf({ conditions }: BoundLevel): Word[] {
  if (conditions.length > largest) {
    throw new Error(`${conditions.length} conditions at one level: masks hold ${largest}`);
  }
  const early = conditions.filter((item) => !isLate(item));
  return Array.from({ length: wordCount(conditions) }, (_, word) => {
    const own = early.filter((item) => wordOf(item) === word);
    return {
      conditions: own,
      planned: own.filter(({ term }) => term.planMark === undefined && term.planSql !== term.sql),
    };
  });
}

/** Column → expression over the columns of the layer below. */
export type Layer = Readonly<Record<string, string>>;

export const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`);

interface Sums {
  /** A row per worker: the keys and the sums s0, s1 …, over `relation`. */
  readonly sql: string;
  /** The state of a word of a level, or what planning adds to it. */
  of(level: number, word: number, part: Part): string;
}

/** Name of what a level's word is summed from. */
export type Part = "state" | "planned";
export const partName = (level: number, word: number, part: Part) => `${level}.${word}.${part}`;

/** What the states of levels are summed from: each text once, with the names of the states it is part of. */
export function contributionsOf(words: readonly (readonly Word[])[]): Map<string, Set<string>> {
  const users = new Map<string, Set<string>>();
  const use = (text: string, name: string) => users.set(text, (users.get(text) ?? new Set()).add(name));
  words.forEach((list, level) => {
    list.forEach(({ conditions, planned }, word) => {
      for (const item of conditions) {
        use(contribution(item, item.term.sql, item.term.cases), partName(level, word, "state"));
      }
      for (const item of planned) use(contribution(item, item.term.planSql), partName(level, word, "planned"));
    });
  });
  return users;
}

/** Texts that the same states share, to be summed once. */
export interface Shared {
  readonly states: ReadonlySet<string>;
  readonly texts: string[];
}

export function sharedBy(contributions: Iterable<readonly [text: string, states: ReadonlySet<string>]>): Shared[] {
  const columns = new Map<string, Shared>();
  for (const [text, states] of contributions) {
    const key = [...states].join();
    const column = columns.get(key) ?? { states, texts: [] };
    columns.set(key, column);
    column.texts.push(text);
  }
  return [...columns.values()];
}

/** A state as the sum of the columns s0, s1 … that hold the sums of what is shared. */
export const stateOf =
  (shared: readonly Shared[]) =>
  (level: number, word: number, part: Part): string =>
    sum(shared.flatMap(({ states }, index) => (states.has(partName(level, word, part)) ? [`s${index}`] : [])));

function sumsOf(words: readonly (readonly Word[])[], relation: string, keys: readonly string[]): Sums {
  const users = contributionsOf(words);
  const { expressions, over } = hoist([...users.keys()]);
  const shared = sharedBy([...users.values()].map((states, index) => [expressions[index] ?? "", states]));
  return {
    sql: `SELECT ${[...quoted(keys), ...shared.map(({ texts }, index) => `${sum(texts)} AS s${index}`)].join(", ")} FROM ${over(relation)}`,
    of: stateOf(shared),
  };
}

const maskOf = (items: readonly BoundCondition[], word: number) =>
  items.filter((item) => wordOf(item) === word).reduce((bits, item) => bits | bitOf(item), 0n);

/** The state of each word as found and as planned, from facts alone. */
function stateLayers(
  words: readonly Word[],
  sumOf: (word: number, part: "state" | "planned") => string,
): [Layer, Layer] {
  const planOf = ({ conditions, planned }: Word, word: number): string => {
    const marked = (mark: string) =>
      maskOf(
        conditions.filter(({ term }) => term.planMark === mark),
        word,
      );
    const [assumed, excluded, anew] = [marked("assume"), marked("exclude"), maskOf(planned, word)];
    const gone = upper(assumed | excluded) | anew | upper(anew);
    const everything = upper(upper(1n)) - 1n;
    const kept = gone === 0n ? `state${word}` : `(state${word} & ${literal(everything & ~gone)})`;
    const shut = excluded === 0n ? "" : ` | ((state${word} >> ${perWord}) & ${literal(excluded)})`;
    return planned.length === 0 ? `${kept}${shut}` : `(${kept}${shut}) + planned${word}`;
  };
  return [
    Object.fromEntries(
      words.flatMap(({ planned }, word) => [
        [`state${word}`, sumOf(word, "state")],
        ...(planned.length > 0 ? [[`planned${word}`, sumOf(word, "planned")]] : []),
      ]),
    ),
    Object.fromEntries(
      words.flatMap((one, word) => [
        [`state${word}`, `state${word}`],
        [`plan${word}`, planOf(one, word)],
      ]),
    ),
  ];
}

/** From the states of facts alone to the decision. */
function decisionLayers({ conditions, pathways }: BoundLevel, withPlanning: boolean, written: Words): Layer[] {
  const places = Array.from({ length: wordCount(conditions) }, (_, word) => word);
  const states = withPlanning ? ["state", "plan"] : ["state"];
  const eachState = (sql: (state: string, word: number) => string): Layer =>
    Object.fromEntries(states.flatMap((state) => places.map((word) => [`${state}${word}`, sql(state, word)])));
  const whole = (part: (word: number) => string) =>
    places.map((word) => (word === 0 ? part(word) : `(${part(word)} << ${word * perWord})`)).join(" | ");

  /** Whether none of these conditions is unmet in a state, or neither unmet nor unknown. */
  const clear = (state: string, items: readonly BoundCondition[], ofUnknown: boolean) => {
    const tests = places.flatMap((word) => {
      const bits = maskOf(items, word);
      return bits === 0n ? [] : [`(${state}${word} & ${literal(ofUnknown ? bits | upper(bits) : bits)}) = 0`];
    });
    return tests.length === 0 ? "true" : tests.join(" AND ");
  };
  const isMet = (state: string) => (pathway: BoundPathway) => clear(state, pathway.counted, true);
  const isPossible = (state: string) => (pathway: BoundPathway) => clear(state, pathway.counted, false);

  /** "No pathway of a module is met", from the pathways that are decided already. */
  const late = (state: string, word: number) =>
    sum([
      `${state}${word}`,
      ...conditions
        .filter((item) => isLate(item) && wordOf(item) === word)
        .map((item) => {
          const of = pathways.filter(({ module }) => module === item.noneMet);
          return contribution(item, "", [
            [anyOf(of.map(isMet(state))), unmet],
            [anyOf(of.map(isPossible(state))), unknown],
            ["true", met],
          ]);
        }),
    ]);

  const pathwayMask = (test: (pathway: BoundPathway) => string) =>
    pathways
      .map((pathway, index) => `CASE WHEN ${test(pathway)} THEN ${1 << index}::UINTEGER ELSE 0::UINTEGER END`)
      .join(" + ");
  const unmetOf = (pathway: BoundPathway) =>
    whole((word) => `(state${word} & ${literal(maskOf(pathway.counted, word))})`);
  /** How many conditions stop a pathway; one whose door is shut comes after every open one. */
  const distance = (pathway: BoundPathway) => {
    const count = `bit_count(${unmetOf(pathway)})::INTEGER`;
    return pathway.door
      ? `${count} + CASE WHEN ${clear("state", [pathway.door], false)} THEN 0 ELSE ${largest} END`
      : count;
  };
  const nearest = pathways.map((pathway, index) => {
    const later = pathways.slice(index + 1).map((_, step) => `d${index} <= d${index + 1 + step}`);
    return `WHEN ${["true", ...later].join(" AND ")} THEN ${unmetOf(pathway)}`;
  });
  const moduleCases = modules.flatMap((module) => {
    const bits = pathways.reduce((mask, pathway, index) => (pathway.module === module ? mask | (1 << index) : mask), 0);
    return bits === 0 ? [] : [`WHEN ("pathwaysMet" & ${bits}::UINTEGER) <> 0 THEN ${written.module(module)}`];
  });
  const decided = (isMet: string, isPossible: string) =>
    `CASE WHEN ${isMet} THEN ${written.outcome(met)} WHEN ${isPossible} THEN ${written.outcome(unknown)} ELSE ${written.outcome(unmet)} END`;
  const planning = decided(anyOf(pathways.map(isMet("plan"))), anyOf(pathways.map(isPossible("plan"))));

  return [
    eachState(late),
    {
      ...eachState((state, word) => `${state}${word}`),
      pathwaysMet: pathwayMask(isMet("state")),
      possible: pathwayMask(isPossible("state")),
      ...Object.fromEntries(pathways.map((pathway, index) => [`d${index}`, distance(pathway)])),
    },
    {
      decision: decided('"pathwaysMet" <> 0', "possible <> 0"),
      ...(withPlanning ? { planning } : {}),
      module: `CASE WHEN "pathwaysMet" = 0 THEN NULL ${moduleCases.join(" ")} END`,
      unmet: whole((word) => `(state${word} & ${literal(upper(1n) - 1n)})`),
      unknown: whole((word) => `(state${word} >> ${perWord})`),
      blocking: `CASE WHEN possible <> 0 THEN ${literal(0n)} ${nearest.join(" ")} END`,
      pathwaysMet: '"pathwaysMet"',
      pathwaysUnknown: 'possible - "pathwaysMet"',
    },
  ];
}

/** The layers of some levels, as many for each, over a relation whose column `level` tells whose turn it is. */
export function stacked(levels: readonly (readonly Layer[])[], relation: string, columns: readonly string[]): string {
  // The rows of a chunk are of one level, so only its alternative is computed.
  const pick = (texts: readonly (string | undefined)[]) =>
    texts.every((text) => text === texts[0])
      ? texts[0]
      : `CASE level ${texts.map((text, level) => `WHEN ${level} THEN ${text ?? "NULL"}`).join(" ")} END`;
  return (levels[0] ?? []).reduce((below, _, index) => {
    const layers = levels.map((one) => one[index] ?? {});
    const names = [...new Set(layers.flatMap(Object.keys))];
    const list = names.map((name) => `${pick(layers.map((layer) => layer[name]))} AS "${name}"`);
    return `SELECT ${[...quoted(columns), ...list].join(", ")} FROM ${index === 0 ? below : `(${below})`}`;
  }, relation);
}

/** What is decided of levels, from the states of their words. */
export const layersOf = (
  bounds: readonly BoundLevel[],
  words: readonly (readonly Word[])[],
  state: Sums["of"],
  written: Words = numbers,
): Layer[][] =>
  bounds.map((bound, level) => [
    ...stateLayers(words[level] ?? [], (word, part) => state(level, word, part)),
    ...decisionLayers(bound, true, written),
  ]);

/** A relation with each of its rows once a level, which the column `level` tells. */
export const eachLevel = (relation: string, levels: number): string =>
  `${relation}, (VALUES ${Array.from({ length: levels }, (_, level) => `(${level})`).join(", ")}) AS levels(level)`;

/**
 * SQL for bound levels over the same people, with a column `level` more: the position of the level. `relation` is a table name or
 * a parenthesised SELECT; `keys` are its columns to carry along. Throws for a level with more conditions than masks hold.
 */
export function maskSelects(
  bounds: readonly BoundLevel[],
  relation: string,
  keys: readonly string[],
  written: Words = numbers,
): string {
  const words = bounds.map(wordsOf);
  const sums = sumsOf(words, relation, keys);
  return stacked(layersOf(bounds, words, sums.of, written), eachLevel(`(${sums.sql})`, bounds.length), [
    ...keys,
    "level",
  ]);
}

/** SQL for one bound level. */
export const maskSelect = (bound: BoundLevel, relation: string, keys: readonly string[]): string =>
  `SELECT * EXCLUDE (level) FROM (${maskSelects([bound], relation, keys)})`;

/**
 * SQL that decides again from stored masks `unmet` and `unknown`, for a level whose pathways ask for less or more of the same
 * conditions. The columns are those of `maskSelect` without planning, which masks do not tell.
 */
export function redecide(bound: BoundLevel, relation: string, keys: readonly string[]): string {
  const layer = wordsOf(bound).map(({ conditions }, word) => {
    const bits = literal(maskOf(conditions, word));
    const part = (mask: string) => `((${mask} >> ${word * perWord}) & ${bits})`;
    return [`state${word}`, `${part("unmet")} | (${part('"unknown"')} << ${perWord})`] as const;
  });
  return stacked([[Object.fromEntries(layer), ...decisionLayers(bound, false, numbers)]], relation, keys);
}

/** Bits → ids of conditions (relieved variants share the id), in order, each once. */
export function conditionIds(bound: BoundLevel, bits: bigint): string[] {
  const ids = bound.conditions.filter((item) => (bits >> BigInt(item.bit)) & 1n).map((item) => item.condition.id);
  return [...new Set(ids)];
}
