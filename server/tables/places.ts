/** Balance of places for a proposed list: what each region's share comes to, and which trades have more than theirs. */
import { type Scope, scopeParameter } from "../access/scope.ts";
import { jurisdiction } from "../eligibility/index.ts";
import { badInput } from "../errors.ts";
import { type BalanceRule, regionPlaces, tradeCap } from "../rules/balance.ts";
import type { TargetLevel } from "../rules/facts.ts";
import type { Citation, RulebookLibrary } from "../rules/rulebook.ts";
import { type Connection, namedQuery } from "../store/index.ts";
import { checkExamYear } from "./filters.ts";

export interface PlacesRequest {
  readonly rulebook: string;
  /** Exam year. */
  readonly year: number;
  /** People on the proposed list. */
  readonly total: number;
  readonly scope: Scope;
}

export interface RegionBalance {
  readonly district: string;
  readonly districtName: string;
  /** On post on the roster of the year before. */
  readonly workers: number;
  /** Of all workers on post, 0…1. */
  readonly share: number;
  readonly places: number;
  /** total · share, not rounded. */
  readonly exact: number;
  /** places − exact. */
  readonly deviation: number;
}

export interface TradeBalance {
  /** Null: no known trade. */
  readonly trade: string | null;
  readonly applications: number;
  readonly planningEligible: number;
  readonly cap: number;
  /** People compared beyond the cap, at least 0. */
  readonly over: number;
  /** People compared − cap. */
  readonly deviation: number;
}

export interface PlacesBalance {
  readonly rulebook: string;
  readonly level: TargetLevel;
  readonly examYear: number;
  readonly rosterYear: number;
  /** The exam year is not the rulebook's own. */
  readonly projected: boolean;
  /** A measure to compare with, never a limit. */
  readonly advisory: true;
  readonly citation: Citation;
  readonly total: number;
  readonly tradeCap: number;
  /** Workers on post in all regions. */
  readonly workers: number;
  /** What the caps of the trades are compared with: the applications on file, where there are any. */
  readonly compared: "applications" | "planningEligible";
  readonly regions: readonly RegionBalance[];
  readonly trades: readonly TradeBalance[];
}

function balanceOf(library: RulebookLibrary, id: string): BalanceRule {
  const { balance } = library.get(id);
  if (balance) return balance;
  const allowed = [...library.books.values()].filter((book) => book.balance).map((book) => book.id);
  throw badInput(
    `规则库 ${id} 没有名额均衡规定（有此规定的：${allowed.join("、") || "无"}）`,
    `rulebook ${id} has no balance of places (expected one of ${allowed.join(", ") || "none"})`,
    { property: "rulebook", value: id, allowed },
  );
}

/** Shares `total` places within what the reader may see. Throws not-found for a rulebook, bad-input for a year there is not. */
export async function placesBalance(
  c: Connection,
  library: RulebookLibrary,
  { rulebook, year, total, scope }: PlacesRequest,
): Promise<PlacesBalance> {
  const rule = balanceOf(library, rulebook);
  await checkExamYear(c, year);
  const visible = { scope: scopeParameter(scope) };
  const known = await c.rows<{ code: string }>(namedQuery("filter-districts"), visible);
  const served = known
    .map(({ code }) => code)
    .filter((code) => jurisdiction(library, code, rule.level, year)?.rulebook.id === rulebook);
  const asked = { ...visible, examYear: year, served };
  const weights = await c.rows<{ district: string; districtName: string; workers: number }>(
    namedQuery("places-regions"),
    asked,
  );
  const trades = await c.rows<{ trade: string | null; applications: number; planningEligible: number }>(
    namedQuery("places-trades"),
    { ...asked, level: rule.level },
  );
  const workers = weights.reduce((sum, one) => sum + one.workers, 0);
  const shared = regionPlaces(total, weights);
  const cap = tradeCap(rule, total);
  const compared = trades.some(({ applications }) => applications > 0) ? "applications" : "planningEligible";
  return {
    rulebook,
    level: rule.level,
    examYear: year,
    rosterYear: year - 1,
    projected: library.get(rulebook).year !== year,
    advisory: rule.advisory,
    citation: rule.citation,
    total,
    tradeCap: cap,
    workers,
    compared,
    regions: weights.map((weight, index) => {
      const { places, exact } = shared[index] ?? { places: 0, exact: 0 };
      const share = workers === 0 ? 0 : weight.workers / workers;
      return { ...weight, share, places, exact, deviation: places - exact };
    }),
    trades: trades.map((trade) => {
      const deviation = trade[compared] - cap;
      return { ...trade, cap, over: Math.max(0, deviation), deviation };
    }),
  };
}
