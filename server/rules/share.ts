/** Shares of a count, exact: 0.12 of 25 is 3, which binary fractions miss. */
import { z } from "zod";
import { decimal, product } from "./decimal.ts";

/** A share in a rulebook text: above 0, at most 1, no finer than the database keeps it. */
export const shareSchema = z
  .number()
  .gt(0)
  .max(1)
  .refine((share) => decimal(share).scale <= 6, "at most six decimals");

/** The whole part of `share` of `count`. */
export function floorOfShare(share: number, count: number): number {
  const { units, scale } = product(decimal(share), decimal(count));
  return Number(units / 10n ** BigInt(scale));
}
