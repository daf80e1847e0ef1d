/** Everything that turns codes, numbers and dates into words of the reader's language. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ApiProblem } from "../api/problem.ts";
import type { Message } from "../api/types.ts";
import { zhCN } from "../locales/zh-CN.ts";

type ConditionId = keyof typeof zhCN.condition;
type PathwayId = keyof typeof zhCN.pathway;
type RemarkId = keyof typeof zhCN.check.remark;
type AlternativeId = keyof typeof zhCN.alternative;
type ListName = keyof typeof zhCN.rulebooks.listNames;
type ResultId = keyof typeof zhCN.result;
type LevelId = keyof typeof zhCN.level;

const has = <T extends object>(table: T, key: string): key is Extract<keyof T, string> => Object.hasOwn(table, key);

/** Callers that are no person are stored by their Chinese names. */
const callers = ["local", "commandLine", "demonstration"] as const;
const callerOf = new Map<string, (typeof callers)[number]>(callers.map((key) => [zhCN.common.callers[key], key]));

export interface Words {
  readonly language: "zh-CN" | "en";
  readonly say: (message: Message) => string;
  readonly number: (n: number) => string;
  /** A number with two decimals. */
  readonly decimal: (n: number) => string;
  /** A number with one decimal: a mean of people. */
  readonly oneDecimal: (n: number) => string;
  /** The same with its sign, 0 without. */
  readonly signed: (n: number) => string;
  /** Share 0…1 of a rule → per cent, exact. */
  readonly share: (share: number) => string;
  /** Share 0…1 → per cent with one decimal. */
  readonly percent: (share: number) => string;
  /** The same without decimals. */
  readonly wholePercent: (share: number) => string;
  /** Instant (UTC) → local date and time. */
  readonly instant: (iso: string) => string;
  /** Who did something: the names the server gives itself, in the reader's language; others as they are. */
  readonly who: (name: string) => string;
  readonly level: (code: string | null | undefined) => string;
  /** The product's word for a pathway, else the rulebook's own name of it. */
  readonly pathway: (id: string, label?: Message | null) => string;
  /** The product's word for a condition, else what the rulebook asks. */
  readonly condition: (id: string, asked?: Message) => string;
  /** A way of meeting a condition, by its id; undefined when it has no name. */
  readonly alternative: (id: string) => string | undefined;
  readonly remark: (id: string) => string;
  /** A list of a rulebook, by its name. */
  readonly rulebookList: (name: string) => string;
  readonly result: (code: string) => string;
  readonly list: (items: readonly string[]) => string;
  readonly problem: (error: unknown) => string;
}

const isProblem = (error: unknown): error is ApiProblem => error instanceof Error && error.name === "ApiProblem";

export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const language = i18n.language === "en" ? "en" : "zh-CN";
  return useMemo(() => {
    const format = new Intl.NumberFormat(language);
    const two = { minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;
    const decimals = new Intl.NumberFormat(language, two);
    const one = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    const differences = new Intl.NumberFormat(language, { ...two, signDisplay: "exceptZero" });
    const shares = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 4 });
    const percents = new Intl.NumberFormat(language, {
      style: "percent",
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
    const wholePercents = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
    const instants = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
    const say = (message: Message): string => (language === "en" ? message.en : message.zh);
    const dash = t("common.dash");
    return {
      language,
      say,
      number: (n) => format.format(n),
      decimal: (n) => decimals.format(n),
      oneDecimal: (n) => one.format(n),
      signed: (n) => differences.format(n),
      share: (share) => shares.format(share),
      percent: (share) => percents.format(share),
      wholePercent: (share) => wholePercents.format(share),
      who: (name) => {
        const caller = callerOf.get(name);
        return caller ? t(`common.callers.${caller}`) : name;
      },
      instant: (iso) => {
        const at = new Date(iso);
        return Number.isNaN(at.getTime()) ? iso : instants.format(at);
      },
      level: (code) => (code && has(zhCN.level, code) ? t(`level.${code satisfies LevelId}`) : (code ?? dash)),
      pathway: (id, label) =>
        has(zhCN.pathway, id) ? t(`pathway.${id satisfies PathwayId}`) : label ? say(label) : id,
      condition: (id, asked) => {
        const own = id.split(".")[0] ?? id;
        return has(zhCN.condition, own) ? t(`condition.${own satisfies ConditionId}`) : asked ? say(asked) : id;
      },
      alternative: (id) => (has(zhCN.alternative, id) ? t(`alternative.${id satisfies AlternativeId}`) : undefined),
      remark: (id) => (has(zhCN.check.remark, id) ? t(`check.remark.${id satisfies RemarkId}`) : id),
      rulebookList: (name) =>
        has(zhCN.rulebooks.listNames, name) ? t(`rulebooks.listNames.${name satisfies ListName}`) : name,
      result: (code) => (has(zhCN.result, code) ? t(`result.${code satisfies ResultId}`) : code),
      list: (items) => items.join(t("common.comma")),
      problem: (error) => {
        if (!isProblem(error)) return error instanceof Error ? error.message : String(error);
        if (error.text) return say(error.text);
        return error.status === 0 ? t("errors.network") : t("errors.unknown", { status: error.status });
      },
    };
  }, [t, language]);
}
