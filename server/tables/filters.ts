/** What every table can be narrowed to, checked against what the database holds: a typing error is told, not answered with 0. */
import { type Scope, scopeParameter } from "../access/scope.ts";
import { badInput } from "../errors.ts";
import type { TargetLevel } from "../rules/facts.ts";
import { nearest } from "../rules/parse-facts.ts";
import { type Connection, namedQuery, type Params } from "../store/index.ts";

/** Stands for "no known trade" where a trade is named in a filter; the tables show null. */
export const unknownTrade = "unknown";

/** The trade of the rows of the quota table whose quota holds for a unit as a whole. */
export const allTrades = "全部工种";

export interface Filters {
  /** Exam year; decided on the roster of 31 December of the year before. */
  readonly year: number;
  readonly level?: TargetLevel | undefined;
  /** District code; a city or province stands for everything below it. */
  readonly district?: string | undefined;
  readonly trade?: string | undefined;
  /** Unit code, see the view units. */
  readonly unit?: string | undefined;
  readonly scope: Scope;
}

/** The exam years the rosters allow, ascending. */
export async function examYears(c: Connection): Promise<number[]> {
  const rows = await c.rows<{ examYear: number }>(namedQuery("exam-years"));
  return rows.map(({ examYear }) => examYear);
}

/** Throws bad-input: the value is none of those there are, perhaps a misspelt one. */
export function notAmong(property: string, zh: string, value: unknown, allowed: readonly (string | number)[]): never {
  const hint = typeof value === "string" ? nearest(value, allowed.map(String)) : undefined;
  const shown = allowed.slice(0, 12).join(", ") + (allowed.length > 12 ? ` … (${allowed.length})` : "");
  throw badInput(
    `${zh} ${property} 的值 ${value} 无效（${hint ? `是否指 ${hint}？` : ""}可用：${shown || "无"}）`,
    `invalid ${property}: ${value} (${hint ? `did you mean ${hint}? ` : ""}expected one of ${shown || "none"})`,
    { property, value, allowed },
  );
}

/** A level the quota table lists in the exam year. */
export async function checkQuotaLevel(c: Connection, year: number, level: TargetLevel): Promise<void> {
  const others = await c.rows<{ level: string }>(namedQuery("quota-levels"), { examYear: year });
  const levels = ["seniorTechnician", ...others.map((one) => one.level)];
  if (!levels.includes(level)) notAmong("level", "申报等级", level, levels);
}

export async function checkExamYear(c: Connection, year: number): Promise<void> {
  const years = await examYears(c);
  if (!years.includes(year)) notAmong("year", "考评年度", year, years);
}

/** The exam year asked for, checked, or the newest. Throws bad-input where there is no roster at all. */
export async function examYearOrNewest(c: Connection, year: number | undefined): Promise<number> {
  if (year !== undefined) await checkExamYear(c, year);
  const found = year ?? (await examYears(c)).at(-1);
  if (found === undefined)
    throw badInput("尚未导入人员名册", "there is no roster yet", { property: "year", value: null });
  return found;
}

/**
 * Checks the filters and gives the parameters that all table queries share. `moreTrades`: what may be named as a trade besides the
 * trades there are and `unknownTrade`.
 */
export async function filterParameters(
  c: Connection,
  filters: Filters,
  moreTrades: readonly string[] = [],
): Promise<Params> {
  await checkExamYear(c, filters.year);
  const { trade } = filters;
  const place = await placeParameters(c, filters);
  if (trade !== undefined && ![unknownTrade, ...moreTrades].includes(trade)) {
    const known = await c.rows<{ name: string }>(namedQuery("filter-trades"));
    const names = known.map(({ name }) => name);
    if (!names.includes(trade)) notAmong("trade", "工种", trade, [...names, unknownTrade, ...moreTrades]);
  }
  return { examYear: filters.year, trade: trade ?? null, ...place };
}

/** Checks the filters of a place and gives their parameters. Throws bad-input. */
export async function placeParameters(
  c: Connection,
  filters: Pick<Filters, "district" | "unit" | "scope">,
): Promise<Params> {
  const scope = scopeParameter(filters.scope);
  const { district, unit } = filters;
  if (district !== undefined) {
    const known = await c.rows<{ code: string }>(namedQuery("filter-districts"), { scope });
    const codes = known.map(({ code }) => code);
    if (!codes.includes(district)) notAmong("district", "地区", district, codes);
  }
  if (unit !== undefined) {
    const known = await c.rows<{ unit: string }>(namedQuery("filter-units"), { scope });
    const codes = known.map((one) => one.unit);
    if (!codes.includes(unit)) notAmong("unit", "单位", unit, codes);
  }
  return { district: district ?? null, unit: unit ?? null, scope };
}
