/** The quota of each district, from the rulebook that serves it, where the quota query can read it. */
import type { RulebookLibrary } from "../rules/rulebook.ts";
import type { Connection } from "../store/index.ts";
import { jurisdiction } from "./jurisdiction.ts";

/** Replaces the bands of an exam year. `districts` are those with rows on its roster. */
export async function fillQuotaBands(
  c: Connection,
  library: RulebookLibrary,
  examYear: number,
  districts: readonly string[],
): Promise<void> {
  await c.run(`DELETE FROM quota_bands WHERE "examYear" = $examYear`, { examYear });
  const rows = districts.flatMap((district) => {
    const quota = jurisdiction(library, district, "seniorTechnician", examYear)?.rulebook.quota;
    if (!quota) return [];
    // From high to low; below the lowest band there is no place.
    const bands = [...quota.bands, { from: 0, places: 0, alternateYears: false }];
    return bands.map(
      (band, index) =>
        [examYear, district, band.from, bands[index - 1]?.from ?? null, band.places, band.alternateYears] as const,
    );
  });
  await c.append(
    "quota_bands",
    [
      { name: "examYear", type: "SMALLINT" },
      { name: "district", type: "VARCHAR" },
      { name: "fromTechnicians", type: "INTEGER" },
      { name: "belowTechnicians", type: "INTEGER" },
      { name: "places", type: "INTEGER" },
      { name: "alternateYears", type: "BOOLEAN" },
    ],
    rows,
  );
}
