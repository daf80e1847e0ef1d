/**
 * Balance of places (福建省机关事业单位工勤人员高级技师评审暂行办法 四(二)): of a proposed list no trade has more than a share, and the
 * places are shared by the number of workers in each region. The notice says "in principle" and prescribes no rounding: both
 * are measures to compare with, never limits.
 */
import { z } from "zod";
import { citation, citationOf } from "./citation-text.ts";
import { type TargetLevel, targetLevels } from "./facts.ts";
import type { Citation } from "./rulebook.ts";
import { floorOfShare, shareSchema } from "./share.ts";

/** `balance:` of a rulebook text. */
export const balanceSchema = z.strictObject({
  level: z.enum(targetLevels),
  /** No trade more than `atMost` of the list; `floor` places are always in order. */
  trade: z.strictObject({ atMost: shareSchema, floor: z.int().min(0) }),
  region: z.strictObject({ by: z.literal("workersOnPost") }),
  advisory: z.literal(true),
  cite: citation,
});
export type BalanceText = z.infer<typeof balanceSchema>;

export interface BalanceRule {
  readonly level: TargetLevel;
  readonly trade: { readonly atMost: number; readonly floor: number };
  readonly region: { readonly by: "workersOnPost" };
  readonly advisory: true;
  readonly citation: Citation;
}

/** `document` is that of the rulebook the text stands in. */
export function balanceRule({ cite, ...text }: BalanceText, document: string): BalanceRule {
  return { ...text, citation: citationOf(cite, document) };
}

/** How many people of one trade a list of `total` may hold. */
export function tradeCap({ trade }: Pick<BalanceRule, "trade">, total: number): number {
  return Math.max(trade.floor, floorOfShare(trade.atMost, total));
}

export interface RegionWeight {
  /** District code. */
  readonly district: string;
  readonly workers: number;
}

export interface RegionPlaces {
  readonly places: number;
  /** total · workers / all workers, not rounded. */
  readonly exact: number;
}

/**
 * Shares `total` places by the number of workers: the whole parts first, then one each by the largest remainder (Hamilton), ties to
 * the lower district code. In the order given. The places add up to `total`; they are all 0 where there is no worker.
 * total · workers must stay below 2^53.
 */
export function regionPlaces(total: number, weights: readonly RegionWeight[]): RegionPlaces[] {
  const all = weights.reduce((sum, { workers }) => sum + workers, 0);
  if (all === 0) return weights.map(() => ({ places: 0, exact: 0 }));
  // remainders in units of 1/all: whole numbers, so that ties are ties
  const parts = weights.map(({ district, workers }, index) => {
    const remainder = (total * workers) % all;
    return { index, district, remainder, whole: (total * workers - remainder) / all, exact: (total * workers) / all };
  });
  const left = total - parts.reduce((sum, { whole }) => sum + whole, 0);
  const byRemainder = [...parts].sort((a, b) => b.remainder - a.remainder || (a.district < b.district ? -1 : 1));
  const more = new Set(byRemainder.slice(0, left).map(({ index }) => index));
  return parts.map(({ index, whole, exact }) => ({ places: whole + (more.has(index) ? 1 : 0), exact }));
}
