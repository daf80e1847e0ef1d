/** The quotas of each district, from the rulebooks that serve it, where the quota query can read them. */
import { type TargetLevel, targetLevels } from "../rules/facts.ts";
import type { QuotaRule } from "../rules/quota.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import type { Connection } from "../store/index.ts";
import { jurisdiction } from "./jurisdiction.ts";

interface DistrictQuota {
  readonly district: string;
  readonly level: TargetLevel;
  readonly quota: QuotaRule;
}

/** The quota of a level is that of the rulebook which decides the level. */
function quotasOf(library: RulebookLibrary, districts: readonly string[], examYear: number): DistrictQuota[] {
  return districts.flatMap((district) =>
    targetLevels.flatMap((level) => {
      const quota = jurisdiction(library, district, level, examYear)?.rulebook.quota;
      return quota?.level === level ? [{ district, level, quota }] : [];
    }),
  );
}

function bandsOf({ district, level, quota }: DistrictQuota, examYear: number) {
  if ("share" in quota) return [];
  // From high to low; below the lowest band there is no place.
  const bands = [...quota.bands, { from: 0, places: 0, alternateYears: false }];
  return bands.map(
    (band, index) =>
      [examYear, district, level, band.from, bands[index - 1]?.from ?? null, band.places, band.alternateYears] as const,
  );
}

const place = [
  { name: "examYear", type: "SMALLINT" },
  { name: "district", type: "VARCHAR" },
  { name: "targetLevel", type: "VARCHAR" },
];

/** Replaces the quotas of an exam year. `districts` are those with rows on its roster. */
export async function fillQuotas(
  c: Connection,
  library: RulebookLibrary,
  examYear: number,
  districts: readonly string[],
): Promise<void> {
  const quotas = quotasOf(library, districts, examYear);
  await c.run(`DELETE FROM quota_levels WHERE "examYear" = $examYear`, { examYear });
  await c.append(
    "quota_levels",
    [...place, { name: "atMost", type: "DOUBLE" }],
    quotas.map(({ district, level, quota }) => [
      examYear,
      district,
      level,
      "share" in quota ? quota.share.atMost : null,
    ]),
  );
  await c.run(`DELETE FROM quota_bands WHERE "examYear" = $examYear`, { examYear });
  await c.append(
    "quota_bands",
    [
      ...place,
      { name: "fromTechnicians", type: "INTEGER" },
      { name: "belowTechnicians", type: "INTEGER" },
      { name: "places", type: "INTEGER" },
      { name: "alternateYears", type: "BOOLEAN" },
    ],
    quotas.flatMap((one) => bandsOf(one, examYear)),
  );
}
