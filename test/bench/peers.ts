/**
 * Other rule engines, each deciding the same people for the same pathway: the normal one of jiangsu-2020 intermediate. They get what
 * is hard about the facts done for them: dates as first and last possible day, retirement as months, what is unknown as an
 * interval that holds everything, or as "unknown". Two rules, "surely" and "possibly", give the three outcomes.
 */
import { ZenEngine } from "@gorules/zen-engine";
import { type ConditionProperties, Engine, type TopLevelCondition } from "json-rules-engine";
import Publicodes from "publicodes";
import { bindLevel } from "../../server/rules/bind.ts";
import { type DateInterval, dayOf } from "../../server/rules/dates.ts";
import type { Outcome } from "../../server/rules/kleene.ts";
import type { Facts } from "../../server/rules/parse-facts.ts";
import { Person } from "../../server/rules/person.ts";
import type { Rulebook } from "../../server/rules/rulebook.ts";

/** Days since 1970 and months since year 0; no unknowns. */
export interface FlatPerson extends Record<string, string | number> {
  readonly post: "yes" | "no" | "unknown";
  readonly level: string;
  readonly trade: string;
  readonly transferred: "yes" | "no" | "unknown";
  readonly retiresFrom: number;
  readonly retiresTo: number;
  readonly fraudFrom: number;
  readonly fraudTo: number;
  readonly levelFrom: number;
  readonly levelTo: number;
  readonly workFrom: number;
  readonly workTo: number;
}

const anyTime = { from: -1_000_000, to: 1_000_000 };
const never: DateInterval = { from: -1_000_000, to: -1_000_000 };
const word = (flag: boolean | null | undefined) => (flag === true ? "yes" : flag === false ? "no" : "unknown");

export function flatten(facts: Facts): FlatPerson {
  const person = new Person(facts);
  const retires = person.retirement ?? anyTime;
  const fraud = person.date("fraudRecordedOn") ?? never;
  const level = person.date("levelObtainedOn") ?? anyTime;
  const work = person.date("workStartedOn") ?? anyTime;
  return {
    post: word(facts.onPost),
    level: facts.level ?? "unknown",
    trade: facts.trade ?? "unknown",
    transferred: word(facts.transferred ?? false),
    retiresFrom: retires.from,
    retiresTo: retires.to,
    fraudFrom: fraud.from,
    fraudTo: fraud.to,
    levelFrom: level.from,
    levelTo: level.to,
    workFrom: work.from,
    workTo: work.to,
  };
}

/** A fact with one of some words, or not above or not below a number. */
type Test =
  | { readonly fact: string; readonly in: readonly string[] }
  | { readonly fact: string; readonly atMost: number }
  | { readonly fact: string; readonly atLeast: number };

/** What the pathway asks, said twice: so that it is surely so, and so that it may be so. */
function pathwayTests(book: Rulebook, examYear: number): Record<"surely" | "possibly", readonly Test[]> {
  const trades = [...(book.lists.get("grade-worker-trades") ?? [])];
  const yearEnd = (year: number) => dayOf(year, 12, 31);
  const tests = (end: "From" | "To", possibly: boolean): Test[] => [
    { fact: "post", in: possibly ? ["yes", "unknown"] : ["yes"] },
    { fact: "level", in: possibly ? ["junior", "unknown"] : ["junior"] },
    { fact: "trade", in: possibly ? [...trades, "unknown"] : trades },
    { fact: "transferred", in: possibly ? ["no", "unknown"] : ["no"] },
    // In the cut-off month itself it cannot be told.
    possibly
      ? { fact: "retiresTo", atLeast: examYear * 12 + 11 }
      : { fact: "retiresFrom", atLeast: examYear * 12 + 12 },
    { fact: `fraud${end}`, atMost: dayOf(examYear - 3, 8, 1) },
    { fact: `level${end}`, atMost: yearEnd(examYear - 5) },
    { fact: `work${end}`, atMost: yearEnd(examYear - 9) },
  ];
  return { surely: tests("To", false), possibly: tests("From", true) };
}

export interface Peer {
  readonly name: string;
  decide(people: readonly FlatPerson[]): Promise<Outcome[]>;
}

const outcomeOf = (surely: boolean, possibly: boolean): Outcome => (surely ? 2 : possibly ? 1 : 0);

function jsonRulesEngine(tests: ReturnType<typeof pathwayTests>): Peer {
  const condition = (test: Test): ConditionProperties =>
    "in" in test
      ? { fact: test.fact, operator: "in", value: test.in }
      : "atMost" in test
        ? { fact: test.fact, operator: "lessThanInclusive", value: test.atMost }
        : { fact: test.fact, operator: "greaterThanInclusive", value: test.atLeast };
  const engine = new Engine(
    (["surely", "possibly"] as const).map((type) => ({
      conditions: { all: tests[type].map(condition) } as TopLevelCondition,
      event: { type },
    })),
  );
  return {
    name: "json-rules-engine",
    async decide(people) {
      const outcomes: Outcome[] = [];
      for (const person of people) {
        const { events } = await engine.run(person);
        const found = events.map(({ type }) => type);
        outcomes.push(outcomeOf(found.includes("surely"), found.includes("possibly")));
      }
      return outcomes;
    },
  };
}

function zenEngine(tests: ReturnType<typeof pathwayTests>): Peer {
  const expression = (list: readonly Test[]) =>
    list
      .map((test) =>
        "in" in test
          ? `${test.fact} in ${JSON.stringify(test.in)}`
          : "atMost" in test
            ? `${test.fact} <= ${test.atMost}`
            : `${test.fact} >= ${test.atLeast}`,
      )
      .join(" and ");
  const decision = new ZenEngine().createDecision({
    nodes: [
      { id: "in", name: "person", type: "inputNode" },
      {
        id: "rules",
        name: "rules",
        type: "expressionNode",
        content: {
          expressions: (["surely", "possibly"] as const).map((key) => ({
            id: key,
            key,
            value: expression(tests[key]),
          })),
        },
      },
      { id: "out", name: "outcome", type: "outputNode" },
    ],
    edges: [
      { id: "a", sourceId: "in", targetId: "rules", type: "edge" },
      { id: "b", sourceId: "rules", targetId: "out", type: "edge" },
    ],
  });
  return {
    name: "@gorules/zen-engine",
    async decide(people) {
      const outcomes: Outcome[] = [];
      // It is quickest when it has some people at a time.
      for (let first = 0; first < people.length; first += 100) {
        const answers = await Promise.all(people.slice(first, first + 100).map((person) => decision.evaluate(person)));
        for (const { result } of answers) outcomes.push(outcomeOf(result.surely === true, result.possibly === true));
      }
      return outcomes;
    },
  };
}

function publicodes(tests: ReturnType<typeof pathwayTests>): Peer {
  // Names of rules are French words; the facts get such names.
  const names = new Map(
    [...new Set([...tests.surely, ...tests.possibly].map(({ fact }) => fact))].map((fact, index) => [
      fact,
      `fait ${"abcdefghijklmnop".charAt(index)}`,
    ]),
  );
  const texts = new Set(["post", "level", "trade", "transferred"]);
  const rule = (list: readonly Test[]) => ({
    "toutes ces conditions": list.map((test) => {
      const name = names.get(test.fact) ?? "";
      if ("in" in test) return { "une de ces conditions": test.in.map((one) => `${name} = '${one}'`) };
      return "atMost" in test ? `${name} <= ${test.atMost}` : `${name} >= ${test.atLeast}`;
    }),
  });
  const engine = new Publicodes(
    {
      ...Object.fromEntries(
        [...names].map(([fact, name]) => [name, { "par défaut": texts.has(fact) ? "'unknown'" : 0 }]),
      ),
      "sans doute": rule(tests.surely),
      possible: rule(tests.possibly),
    },
    { warn: false },
  );
  return {
    name: "publicodes",
    async decide(people) {
      return people.map((person) => {
        engine.setSituation(
          Object.fromEntries(
            [...names].map(([fact, name]) => [name, texts.has(fact) ? `'${person[fact]}'` : (person[fact] ?? 0)]),
          ),
        );
        const surely = engine.evaluate("sans doute").nodeValue === true;
        return outcomeOf(surely, surely || engine.evaluate("possible").nodeValue === true);
      });
    },
  };
}

/** The engines, ready to decide. Throws when the rulebook's pathway asks for other conditions than are written here. */
export function peers(book: Rulebook, examYear: number): Peer[] {
  const asked = bindLevel(book, "intermediate", examYear).pathways.find(({ id }) => id === "normal")?.counted ?? [];
  const ids = asked.map(({ condition }) => condition.id).join(" ");
  const written = "on-post level in-service trade-open fraud-ban not-transferred seniority service";
  if (ids !== written) throw new Error(`the pathway asks for ${ids}, the peers for ${written}`);
  const tests = pathwayTests(book, examYear);
  return [jsonRulesEngine(tests), zenEngine(tests), publicodes(tests)];
}
