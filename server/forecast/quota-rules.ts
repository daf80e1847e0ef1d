/** The quotas of a coming year, from the rulebooks that serve each district. */
import { targetLevels } from "../rules/facts.ts";
import { targetNumber } from "./cells.ts";
import type { Scratch } from "./scratch.ts";
import { type KnownRulebooks, servingBook } from "./served.ts";

/**
 * Makes `run_bands` (districtId, target, fromTechnicians, belowTechnicians (null = no limit), places, alternate) and `run_shares` (districtId,
 * target, atMost: share of a unit's posts).
 */
export async function readQuotas(scratch: Scratch, known: KnownRulebooks, examYear: number): Promise<void> {
  const districts = await scratch.rows<{ district: string; districtId: number }>(
    `SELECT DISTINCT district, "districtId" FROM forecast_units ORDER BY district`,
  );
  const bands: (readonly (number | boolean | null)[])[] = [];
  const shares: (readonly number[])[] = [];
  for (const { district, districtId } of districts) {
    for (const level of targetLevels) {
      const quota = servingBook(known, district, level, examYear)?.quota;
      if (quota?.level !== level) continue;
      if ("share" in quota) shares.push([districtId, targetNumber(level), quota.share.atMost]);
      else {
        quota.bands.forEach((band, index) => {
          bands.push([
            districtId,
            targetNumber(level),
            band.from,
            quota.bands[index - 1]?.from ?? null,
            band.places,
            band.alternateYears,
          ]);
        });
      }
    }
  }
  const place = [
    { name: "districtId", type: "INTEGER" },
    { name: "target", type: "SMALLINT" },
  ];
  const bandColumns = [
    ...place,
    { name: "fromTechnicians", type: "INTEGER" },
    { name: "belowTechnicians", type: "INTEGER" },
    { name: "places", type: "INTEGER" },
    { name: "alternate", type: "BOOLEAN" },
  ];
  const shareColumns = [...place, { name: "atMost", type: "DOUBLE" }];
  for (const [name, columns, rows] of [
    ["run_bands", bandColumns, bands],
    ["run_shares", shareColumns, shares],
  ] as const) {
    await scratch.make(name, `SELECT ${columns.map((one) => `NULL::${one.type} AS "${one.name}"`).join(", ")} LIMIT 0`);
    await scratch.c.append(scratch.table(name), columns, rows);
  }
}
