/** How many places of a unit are used: probabilities of 0, 1, 2, and 3 or more, over its trades. */
import { nano } from "./cells.ts";

/** Runs a SELECT over the cells chosen. */
export type Ask = <Row>(sql: string) => Promise<Row[]>;

type Distribution = readonly [none: number, one: number, two: number, more: number];

/** Of the sum of two independent counts; the last holds three or more. */
export function addUp(a: Distribution, b: Distribution): Distribution {
  const none = a[0] * b[0];
  const one = a[0] * b[1] + a[1] * b[0];
  const two = a[0] * b[2] + a[1] * b[1] + a[2] * b[0];
  return [none, one, two, Math.max(0, 1 - none - one - two)];
}

const nothing: Distribution = [1, 0, 0, 0];

/** By group, in the order of `order`. Units and trades are taken as independent of each other. */
export async function placesDistribution(
  ask: Ask,
  base: string,
  keyList: string,
  order: string,
): Promise<Distribution[]> {
  const rows = await ask<{ lists: (readonly number[] | null)[] | null }>(
    `SELECT lists FROM (
       SELECT ${keyList} list([used0::DOUBLE / ${nano}, used1::DOUBLE / ${nano}, used2::DOUBLE / ${nano}, used3::DOUBLE / ${nano}]
           ORDER BY "unitId", "tradeId", target) FILTER (used0 IS NOT NULL) AS lists
       FROM ${base} GROUP BY ALL ORDER BY ${order})`,
  );
  return rows.map(({ lists }) =>
    (lists ?? []).reduce<Distribution>(
      (sum, one) => addUp(sum, [one?.[0] ?? 1, one?.[1] ?? 0, one?.[2] ?? 0, one?.[3] ?? 0]),
      nothing,
    ),
  );
}
