/** Shares of a count, exact: 0.12 of 25 is 3, which binary fractions miss. */
import { z } from "zod";
import { decimal, product } from "./decimal.ts";
import type { SpecFault } from "./spec-fault.ts";

const finest = 0.000001;

/** A share in a rulebook text: above 0, at most 1, no finer than the database keeps it. */
export const shareSchema = z
  .number()
  .min(finest)
  .max(1)
  .refine((share) => decimal(share).scale <= decimal(finest).scale, {
    params: {
      fault: {
        name: "wrongValue",
        message: { zh: "比例最多六位小数", en: "a share has at most six decimals" },
        suggestion: { zh: "请写小数，如 0.12", en: "write a decimal such as 0.12" },
      } satisfies SpecFault,
    },
    message: "a share has at most six decimals",
  });

/** The whole part of `share` of `count`. */
export function floorOfShare(share: number, count: number): number {
  const { units, scale } = product(decimal(share), decimal(count));
  return Number(units / 10n ** BigInt(scale));
}
