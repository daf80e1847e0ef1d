/** Numbers and dates of a condition that a planner may set otherwise, in the planner's units. */
import type { Message } from "../../errors.ts";
import { countLabel, eventLabel, factLabel } from "../../rules/operators/labels.ts";
import type { TermSpec } from "../../rules/term.ts";

type Path = readonly (string | number)[];

/** How a text's number is told: as it is; years back from the exam year; years counted with both ends. */
type Reading = "plain" | "back" | "inclusive";

export interface Threshold {
  /** Where it stands in the condition, joined by dots. */
  readonly parameter: string;
  readonly path: Path;
  readonly kind: "number" | "date";
  readonly reading: Reading;
  /** In the planner's unit. Dates: `Y-12` (month), `Y-08-31`, `(Y+1)-05`, a plain date, or a named date of the level. */
  readonly value: number | string;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly unit: Message;
  readonly label: Message;
  /** A larger value asks for more (1) or for less (-1); 0: a date, or it cannot be said. */
  readonly stricter: -1 | 0 | 1;
}

const years: Message = { zh: "年", en: "years" };
const ofAge: Message = { zh: "岁", en: "years of age" };
const none: Message = { zh: "", en: "" };

/** Calendar years of service count the first and the last. */
const countedFrom = new Set(["workStartedOn", "militaryServiceStartedOn"]);

const words: Readonly<Record<string, Message>> = {
  workStartedOn: { zh: "工作年限", en: "years of service" },
  levelObtainedOn: { zh: "取得现等级年限", en: "years in the present level" },
  appointedOn: { zh: "聘任年限", en: "years of appointment" },
  militaryServiceStartedOn: { zh: "工龄（军龄）", en: "years of service, military included" },
};
const since = (fact: string): Message =>
  words[fact] ?? { zh: `${eventLabel(fact)}年限`, en: `years since ${factLabel(fact).en}` };

type Spec = Readonly<Record<string, unknown>>;
const isSpec = (value: unknown): value is Spec => typeof value === "object" && value !== null && !Array.isArray(value);

/** Every threshold of a condition's text, in order. */
export function thresholdsOf(part: TermSpec, path: Path = []): Threshold[] {
  return Object.entries(part).flatMap(([operator, spec]): Threshold[] => {
    const at = [...path, operator];
    if (["all", "any", "anyUnused"].includes(operator) && Array.isArray(spec))
      return spec.flatMap((one: unknown, index) => (isSpec(one) ? thresholdsOf(one, [...at, index]) : []));
    if (!isSpec(spec)) return [];
    if (operator === "evidence")
      return ["of", "unless"].flatMap((key) => {
        const inner = spec[key];
        return isSpec(inner) ? thresholdsOf(inner, [...at, key]) : [];
      });
    return ofOperator(operator, spec, at);
  });
}

function ofOperator(operator: string, spec: Spec, at: Path): Threshold[] {
  const fact = String(Array.isArray(spec.from) ? spec.from[0] : (spec.fact ?? spec.from));
  const number = (
    key: string,
    label: Message,
    unit: Message,
    options: { reading?: Reading; from?: number; to?: number; stricter?: -1 | 1 } = {},
  ): Threshold[] => {
    const raw = spec[key];
    if (typeof raw !== "number") return [];
    const { reading = "plain", from = 0, to = 60, stricter = 1 } = options;
    const value = told(raw, reading);
    const shared = { kind: "number", reading, value, minimum: from, maximum: to, unit, label, stricter } as const;
    return [{ parameter: [...at, key].join("."), path: [...at, key], ...shared }];
  };
  const date = (spec: Spec, key: string, where: Path, label: Message): Threshold[] => {
    const value = spec[key];
    if (typeof value !== "string") return [];
    const shared = { kind: "date", reading: "plain", value, minimum: null, maximum: null, unit: none } as const;
    return [{ parameter: [...where, key].join("."), path: [...where, key], ...shared, label, stricter: 0 }];
  };
  const label = factLabel(fact);
  switch (operator) {
    case "date":
      return [
        ...number("yearAtMost", since(fact), years, { reading: countedFrom.has(fact) ? "inclusive" : "back" }),
        ...date(spec, "notAfter", at, { zh: `${label.zh}不晚于`, en: `${label.en}, latest` }),
        ...date(spec, "notBefore", at, { zh: `${label.zh}不早于`, en: `${label.en}, earliest` }),
      ];
    case "elapsed":
      return [
        ...number("atLeast", since(fact), years),
        ...number("lessThan", since(fact), years, { from: 1, stricter: -1 }),
        ...date(spec, "through", at, { zh: `${since(fact).zh}计算截止`, en: `${since(fact).en}, counted to` }),
      ];
    case "age":
      return [
        ...number("atLeast", { zh: "年龄", en: "age" }, ofAge, { to: 100 }),
        ...number("male", { zh: "年龄（男）", en: "age, men" }, ofAge, { to: 100 }),
        ...number("female", { zh: "年龄（女）", en: "age, women" }, ofAge, { to: 100 }),
        ...date(spec, "on", at, { zh: "年龄计算日", en: "age, counted on" }),
      ];
    case "number": {
      const { noun, unit } = countLabel(fact);
      return number("atLeast", { zh: noun, en: label.en }, { zh: unit, en: "" }, { to: 100 });
    }
    case "items": {
      const { noun, unit } = countLabel(fact);
      return number("atLeast", { zh: noun, en: label.en }, { zh: unit, en: "" }, { from: 1, to: 100 });
    }
    case "years":
      return [
        ...number("from", { zh: "看最近几年", en: "years looked at" }, years, {
          reading: "back",
          from: 1,
          stricter: spec.every === true ? 1 : -1,
        }),
        ...number("atLeast", { zh: "其中达到要求的年数", en: "years that count among them" }, years, { from: 1 }),
        ...number("consecutive", { zh: "连续年数", en: "years in a row" }, years, { from: 2 }),
      ];
    case "lapsed":
      return [
        ...number("years", { zh: `${eventLabel(fact)}后限制年限`, en: `years barred after ${label.en}` }, years),
        ...date(spec, "by", at, { zh: `${eventLabel(fact)}后限制计算日`, en: "ban counted to" }),
      ];
    case "retirement": {
      const within = isSpec(spec.within) ? spec.within : {};
      const month = { zh: "退休晚于", en: "retires after" };
      return [
        ...date(spec, "after", at, month),
        ...date(spec, "notBefore", at, { zh: "退休不早于", en: "retires in or after" }),
        ...date(within, "from", [...at, "within"], { zh: "退休月份自", en: "retires from" }),
        ...date(within, "to", [...at, "within"], { zh: "退休月份至", en: "retires to" }),
      ];
    }
    default:
      return [];
  }
}

const told = (raw: number, reading: Reading): number =>
  reading === "plain" ? raw : reading === "back" ? -raw : 1 - raw;

/** What a rulebook text writes for a value in the planner's unit. */
export const written = ({ reading }: Threshold, value: number | string): number | string =>
  typeof value === "string" || reading === "plain" ? value : reading === "back" ? -value : 1 - value;

/** The text with another value at a path. */
export function replaced(part: unknown, [step, ...rest]: Path, value: number | string): unknown {
  if (step === undefined) return value;
  if (Array.isArray(part)) return part.map((one, index) => (index === step ? replaced(one, rest, value) : one));
  return isSpec(part) ? { ...part, [step]: replaced(part[step], rest, value) } : part;
}

const named: Readonly<Record<string, Message>> = {
  cutOff: { zh: "在职截止月", en: "the in-service cut-off" },
  "window.from": { zh: "申报起始日", en: "the first day of registration" },
  "window.to": { zh: "申报截止日", en: "the last day of registration" },
};
const relative: Readonly<Record<string, string>> = { "-1": "上一年", "0": "当年", "1": "次年" };

/** A value with its unit in words: 20年, 次年5月. */
export function valueWords({ unit }: Threshold, value: number | string): Message {
  if (typeof value === "number") return { zh: `${value}${unit.zh}`, en: `${value} ${unit.en}`.trim() };
  const match = /^(?:Y|\(Y([+-]\d+)\))-(\d{2})(?:-(\d{2}))?$/.exec(value);
  if (!match) return named[value] ?? { zh: value, en: value };
  const years = Number(match[1] ?? 0);
  const day = match[3] === undefined ? "" : `${Number(match[3])}日`;
  const year = relative[String(years)] ?? `${years > 0 ? "后" : "前"}第${Math.abs(years)}年`;
  return { zh: `${year}${Number(match[2])}月${day}`, en: value };
}
