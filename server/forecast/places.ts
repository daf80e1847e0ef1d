/** How many places of a unit are used: probabilities of 0, 1, 2, and 3 or more, over its trades. */
import type { Connection } from "../store/index.ts";
import { nano } from "./cells.ts";
import { type Asked, chosenOf, type Sums } from "./grouped.ts";
import type { RowsRequest } from "./types.ts";

export type Distribution = readonly [none: number, one: number, two: number, more: number];

/** Of the sum of two independent counts; the last holds three or more. */
export function addUp(a: Distribution, b: Distribution): Distribution {
  const none = a[0] * b[0];
  const one = a[0] * b[1] + a[1] * b[0];
  const two = a[0] * b[2] + a[1] * b[1] + a[2] * b[0];
  return [none, one, two, Math.max(0, 1 - none - one - two)];
}

/** Of no place at all. */
export const nothing: Distribution = [1, 0, 0, 0];

/** By group, whose name `nameOf` tells. Units and trades are taken as independent of each other. */
export async function placesDistribution(
  c: Connection,
  asked: Asked,
  request: RowsRequest,
  nameOf: (row: Sums) => string,
): Promise<ReadonlyMap<string, Distribution>> {
  const columns = ["used0", "used1", "used2", "used3"];
  const result = new Map<string, Distribution>();
  for (const row of await chosenOf(c, asked, request, columns, "c.used0 IS NOT NULL")) {
    const name = nameOf(row);
    const [none = 1, one = 0, two = 0, more = 0] = columns.map((column) => Number(row[column]) / nano);
    result.set(name, addUp(result.get(name) ?? nothing, [none, one, two, more]));
  }
  return result;
}
