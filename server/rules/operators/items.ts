import { z } from "zod";
import type { Message } from "../../errors.ts";
import { parseDate } from "../dates.ts";
import { findFact, type ItemField, ranksFromLow } from "../facts.ts";
import { itemProbes } from "../item-probes.ts";
import { fromBoolean, met, type Outcome, unknown, unmet } from "../kleene.ts";
import type { FactItem } from "../parse-facts.ts";
import { Person } from "../person.ts";
import { addFault } from "../spec-fault.ts";
import { column, leaf, type Operator, ordered, outcomeSql, quote } from "../term.ts";
import { factName } from "./fields.ts";
import { checkItemTests, itemTest } from "./item-test.ts";
import { eventLabel, factLabel, oneOf } from "./labels.ts";

export { itemTest } from "./item-test.ts";

type Test = z.infer<typeof itemTest>;

const schema = z
  .strictObject({
    fact: factName("list"),
    where: z
      .record(z.string(), itemTest)
      .describe(
        "逐字段：代码列表、true/false、范围（级别有高低）或 given · by field: accepted codes, true/false, a range (ranks are ordered), or given",
      ),
    atLeast: z.int().min(1).optional().describe("至少几项，默认 1 · how many, 1 unless given"),
    since: factName("date").optional().describe("只算该日期当日及以后的 · only items dated on or after this fact"),
  })
  .superRefine(({ fact, where, since }, context) => {
    const type = findFact(fact)?.type;
    if (type?.kind !== "list") return;
    checkItemTests(type.fields, where, context, ["where"]);
    if (since !== undefined && !type.fields.some(({ kind }) => kind === "date")) {
      addFault(context, ["since"], {
        name: "unfitFact",
        message: { zh: `信息 ${fact} 的记录没有日期`, en: `records of "${fact}" have no date` },
        suggestion: { zh: "请删去 since", en: "remove since" },
      });
    }
  });

interface ItemTest {
  evaluate(item: FactItem, person: Person): Outcome;
  readonly sql: string;
  readonly text: Message;
}

function rangeValues(
  field: ItemField,
  at: { atLeast?: string | number | undefined; atMost?: string | number | undefined },
): string[] {
  const codes =
    field.kind === "enum" ? (field.name === "rank" ? [...ranksFromLow] : field.values.map(({ code }) => code)) : [];
  const low = at.atLeast === undefined ? 0 : codes.indexOf(String(at.atLeast));
  const high = at.atMost === undefined ? codes.length - 1 : codes.indexOf(String(at.atMost));
  return codes.slice(Math.max(low, 0), high + 1);
}

const fieldText = (field: ItemField, codes: readonly string[]): Message => {
  const values = field.kind === "enum" ? field.values : [];
  const known = codes.map((code) => values.find((one) => one.code === code)).filter((one) => one !== undefined);
  return oneOf(known.map(({ code, zh, en }) => ({ zh: zh[0] ?? code, en })));
};

const places = ["一", "二", "三"];

/** A range of ranks, of places or of numbers; prizes and grades are best when first. */
function rangeText(field: ItemField, { atLeast, atMost }: Exclude<Test, boolean | readonly string[]>): Message {
  const { zh, en } = field.label;
  if (field.kind === "enum") {
    const [low, high] = [atLeast, atMost].map((code) => fieldText(field, code === undefined ? [] : [String(code)]));
    if (atMost === undefined && atLeast === field.values.at(-1)?.code) return { zh: `${low?.zh}`, en: `${low?.en}` };
    if (atMost === undefined) return { zh: `${low?.zh}及以上`, en: `${low?.en} or above` };
    if (atLeast === undefined) return { zh: `${high?.zh}及以下`, en: `${high?.en} or below` };
    return { zh: `${low?.zh}至${high?.zh}`, en: `${low?.en} to ${high?.en}` };
  }
  if (field.name === "place" || field.name === "position") {
    if (atMost === 1) return { zh: "第1名", en: "first" };
    if (atLeast === undefined) return { zh: `前${atMost}名`, en: `among the first ${atMost}` };
    if (atMost !== undefined) return { zh: `第${atLeast}至第${atMost}名`, en: `${en} ${atLeast} to ${atMost}` };
  }
  const place = places[Number(atMost) - 1];
  if ((field.name === "grade" || field.name === "prize") && atLeast === undefined && place !== undefined)
    return { zh: `${place}等及以上`, en: `${en} ${atMost} or better` };
  if (atMost === undefined) return { zh: `${zh}不少于${atLeast}`, en: `${en} at least ${atLeast}` };
  if (atLeast === undefined) return { zh: `${zh}不超过${atMost}`, en: `${en} at most ${atMost}` };
  return { zh: `${zh}${atLeast}至${atMost}`, en: `${en} ${atLeast} to ${atMost}` };
}

export function bindTest(field: ItemField, spec: Test): ItemTest {
  const operand = `x."${field.name}"`;
  // Inside an item an absent title means none; any other absent property is unknown.
  const absent: Outcome = field.name === "title" ? unmet : unknown;
  const oneOfCodes = (codes: readonly string[]): ItemTest => ({
    evaluate(item) {
      const found = item[field.name];
      return found === null || found === undefined ? absent : fromBoolean(codes.includes(String(found)));
    },
    sql: `CASE WHEN ${operand} IS NULL THEN ${absent} WHEN ${operand} IN (${codes.map(quote).join(", ")}) THEN 2 ELSE 0 END`,
    text: fieldText(field, codes),
  });
  if (Array.isArray(spec)) return oneOfCodes(spec);
  if (typeof spec === "boolean") {
    return {
      evaluate(item) {
        const found = item[field.name];
        return found === null || found === undefined ? unknown : fromBoolean(found === spec);
      },
      sql: outcomeSql([`${operand} = ${spec}`, 2], [`${operand} IS NOT NULL`, 0]),
      text: { zh: `${spec ? "" : "非"}${field.label.zh}`, en: `${spec ? "" : "not "}${field.label.en}` },
    };
  }
  if (spec.given) {
    return {
      evaluate: (item) => (item[field.name] === null || item[field.name] === undefined ? absent : met),
      sql: `CASE WHEN ${operand} IS NULL THEN ${absent} ELSE 2 END`,
      text: { zh: `有${field.label.zh}`, en: `with a ${field.label.en}` },
    };
  }
  const text = rangeText(field, spec);
  if (field.kind === "enum") return { ...oneOfCodes(rangeValues(field, spec)), text };
  const { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY } = spec;
  const low = Number(atLeast);
  const high = Number(atMost);
  const tests = [
    ...(Number.isFinite(low) ? [`${operand} >= ${low}`] : []),
    ...(Number.isFinite(high) ? [`${operand} <= ${high}`] : []),
  ];
  return {
    evaluate(item) {
      const found = item[field.name];
      return found === null || found === undefined
        ? unknown
        : fromBoolean(Number(found) >= low && Number(found) <= high);
    },
    sql: outcomeSql([tests.join(" AND "), 2], [`${operand} IS NOT NULL`, 0]),
    text,
  };
}

function sinceTest(dateField: ItemField, since: string): ItemTest {
  return {
    evaluate(item, person) {
      const text = item[dateField.name];
      const found = typeof text === "string" ? parseDate(text) : undefined;
      const start = person.date(since);
      return found && start ? ordered(found.from >= start.to, found.to < start.from) : unknown;
    },
    sql: outcomeSql(
      [`x."${dateField.name}From" >= ${column(`${since}To`)}`, 2],
      [`x."${dateField.name}To" < ${column(`${since}From`)}`, 0],
    ),
    text: { zh: `${eventLabel(since)}之日起`, en: `since the ${factLabel(since).en}` },
  };
}

/** At least n items of a list that pass every test; what an item does not say is unknown. */
export const items: Operator<z.infer<typeof schema>> = {
  name: "items",
  schema,
  changesWithYear: () => false,
  bind({ fact, where, atLeast = 1, since }, { year }) {
    const type = findFact(fact)?.type;
    if (type?.kind !== "list") throw new Error(`fact "${fact}" is no list`);
    const tests = Object.entries(where).map(([name, spec]) => {
      const field = type.fields.find((one) => one.name === name);
      if (!field) throw new Error(`"${fact}" has no "${name}"`);
      return bindTest(field, spec);
    });
    const dateField = type.fields.find(({ kind }) => kind === "date");
    if (since !== undefined) {
      if (!dateField) throw new Error(`items of "${fact}" have no date`);
      tests.push(sinceTest(dateField, since));
    }
    const itemOutcome = (item: FactItem, person: Person): Outcome => {
      let least: Outcome = met;
      for (const one of tests) {
        const outcome = one.evaluate(item, person);
        if (outcome === unmet) return unmet;
        if (outcome < least) least = outcome;
      }
      return least;
    };
    /** How many items of a list come out at least so. */
    const count = (list: readonly FactItem[], person: Person, lowest: Outcome) => {
      let found = 0;
      for (const item of list) if (itemOutcome(item, person) >= lowest) found++;
      return found;
    };
    const perItem = `list_transform(${column(fact)}, lambda x: ${tests.length === 1 ? tests[0]?.sql : `least(${tests.map((one) => one.sql).join(", ")})`})`;
    const most = `coalesce(list_max(${perItem}), 0)`;
    const countOf = (lowest: Outcome) => `len(list_filter(${perItem}, lambda y: y >= ${lowest}))`;
    const evaluate = (person: Person): Outcome => {
      const list = person.items(fact);
      if (!list) return unknown;
      if (count(list, person, met) >= atLeast) return met;
      return count(list, person, unknown) >= atLeast ? unknown : unmet;
    };
    const text = { zh: tests.map((one) => one.text.zh).join("，"), en: tests.map((one) => one.text.en).join("; ") };
    const label = factLabel(fact);
    return leaf({
      evaluate,
      sql: `CASE WHEN ${column(fact)} IS NULL THEN ${unknown} WHEN len(${column(fact)}) = 0 THEN ${unmet} ELSE ${
        atLeast === 1
          ? most
          : outcomeSql([`${countOf(met)} >= ${atLeast}`, met], [`${countOf(unknown)} < ${atLeast}`, unmet])
      } END`,
      // How many surely pass; the list itself is among the facts.
      found(person) {
        const list = person.items(fact);
        return list ? count(list, person, met) : null;
      },
      required: { atLeast, where, ...(since === undefined ? {} : { since }) },
      sentence: {
        zh: `应有${label.zh}${atLeast > 1 ? `不少于${atLeast}项` : ""}（${text.zh}）`,
        en: `${label.en}: at least ${atLeast} (${text.en})`,
      },
      missing: (person) => (evaluate(person) === unknown ? [fact] : []),
      facts: since === undefined ? [fact] : [fact, since],
      probes() {
        const accepts = (field: ItemField, found: FactItem[string]) => {
          const spec = where[field.name];
          return spec === undefined || bindTest(field, spec).evaluate({ [field.name]: found }, new Person({})) === met;
        };
        return itemProbes({ fact, fields: type.fields, where, atLeast, since, year, accepts });
      },
    });
  },
};
