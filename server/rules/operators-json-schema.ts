/** What JSON Schema must be told of the operators besides their shape: words, keys of which one is needed, values by fact. */
import { type FactKind, facts, type ItemField } from "./facts.ts";
import { codesOf, type Json } from "./facts-json-schema.ts";

/** For editors, beside the name. */
export const operatorWords: Readonly<Record<string, string>> = {
  value: "信息为给定值之一 · a fact with one of some values",
  number: "数目不少于 · a count of at least n",
  level: "现技术等级与申报等级相比 · the present level, seen from the target",
  date: "日期在某日之前或之后 · a date on one side of a threshold",
  elapsed: "从某日起满几年 · years since a date",
  age: "周岁 · age in whole years",
  retirement: "退休月份 · month of retirement",
  lapsed: "没有记录，或记录已满几年 · no record, or an old one",
  years: "逐年记录 · records by year",
  items: "荣誉、奖项、专利、竞赛等记录 · records of a list",
  present: "已登记 · on record",
  unrecorded: "某年尚无记录 · no record of a year",
  cycle: "几年一次 · once in some years",
  evidence: "有依据方可报批，不能自行判定符合 · approval may be sought",
  all: "都要符合 · every part",
  any: "符合其一 · at least one part",
  anyUnused: "符合其一且该项未曾用过 · at least one part that was not used before",
};

const exactlyOne = (...keys: readonly string[]): Json => ({ oneOf: keys.map((key) => ({ required: [key] })) });
const together = (a: string, b: string): Json => ({ dependentRequired: { [a]: [b], [b]: [a] } });

const whenFact = (names: readonly string[], then: Json): Json => ({
  if: { properties: { fact: { enum: names } }, required: ["fact"] },
  then,
});

const factsOf = (...kinds: readonly FactKind["kind"][]) => facts.filter(({ type }) => kinds.includes(type.kind));
const nameOf = ({ name }: { readonly name: string }) => name;
const listOf = (items: Json): Json => ({ type: "array", items, minItems: 1 });

const boolean: Json = { type: "boolean" };
const text: Json = { type: "string" };
/** The name of a list of the rulebook. */
const orListName = (items: Json): Json => ({
  anyOf: [listOf(items), { type: "string", description: "列表名 · name of a list" }],
});

const valueByFact: readonly Json[] = [
  whenFact(factsOf("boolean").map(nameOf), { properties: { is: boolean, absent: boolean, in: false } }),
  whenFact(factsOf("string").map(nameOf), { properties: { is: text, absent: text } }),
  ...factsOf("enum").map(({ name }) => {
    const known = codesOf(name);
    return whenFact([name], { properties: { is: known, absent: known, in: orListName(known) } });
  }),
];

/** What a field of a record can be asked to be. */
function testOf(fact: string, field: ItemField): Json {
  const given: Json = {
    type: "object",
    properties: { given: { const: true } },
    required: ["given"],
    additionalProperties: false,
  };
  const range = (end: Json): Json => ({
    type: "object",
    properties: { atLeast: end, atMost: end },
    minProperties: 1,
    additionalProperties: false,
  });
  switch (field.kind) {
    case "boolean":
      return { anyOf: [boolean, given] };
    case "enum": {
      const known = codesOf(fact, field.name);
      return { anyOf: [listOf(known), given, ...(field.name === "rank" ? [range(known)] : [])] };
    }
    case "integer":
    case "number":
      return { anyOf: [range({ type: "integer" }), given] };
    default:
      return given;
  }
}

const itemsByFact: readonly Json[] = factsOf("list").flatMap(({ name, type }) => {
  if (type.kind !== "list") return [];
  const fields = Object.fromEntries(type.fields.map((field) => [field.name, testOf(name, field)]));
  const where = { type: "object", properties: fields, additionalProperties: false };
  const isDated = type.fields.some(({ kind }) => kind === "date");
  return [whenFact([name], { properties: { where, ...(isDated ? {} : { since: false }) } })];
});

const gradesByFact: readonly Json[] = [
  ...factsOf("grades").map(({ name }) =>
    whenFact([name], { properties: { in: listOf(codesOf(name)) }, required: ["in"] }),
  ),
  whenFact(factsOf("flags", "years").map(nameOf), { properties: { in: false } }),
  ...factsOf("list").flatMap(({ name, type }) => {
    if (type.kind !== "list") return [];
    // only records with a year have years to count
    const fields = type.fields.map((field) => field.name);
    if (!fields.includes("year")) return [whenFact([name], { not: {} })];
    return [whenFact([name], { properties: { in: listOf(codesOf(name, "kind")) }, required: ["in"] })];
  }),
];

/** By operator: more schemas that must hold. */
export const operatorRules: Readonly<Record<string, readonly Json[]>> = {
  value: [exactlyOne("is", "in"), ...valueByFact],
  date: [exactlyOne("yearAtMost", "notAfter", "notBefore")],
  lapsed: [
    whenFact(
      factsOf("date")
        .filter(({ absent }) => absent !== "none")
        .map(nameOf),
      { not: {} },
    ),
  ],
  elapsed: [exactlyOne("through", "throughFact"), exactlyOne("atLeast", "lessThan")],
  age: [exactlyOne("atLeast", "male"), together("male", "female")],
  retirement: [exactlyOne("after", "notBefore", "within")],
  items: itemsByFact,
  years: [
    exactlyOne("every", "atLeast", "consecutive"),
    together("from", "through"),
    { properties: { of: { items: { allOf: gradesByFact } } } },
  ],
};
