/** Pure: districts whose roster of one of the two years is not there. */
import type { ChangesRow } from "../../api/roster-types.ts";

export interface MissingDistricts {
  /** Names of districts with nobody on the earlier roster; everybody there counts as joined or moved in. */
  readonly from: readonly string[];
  /** With nobody on the later roster; everybody there counts as left, retired or moved out. */
  readonly to: readonly string[];
}

/** `rows`: one for each district. */
export function missingDistricts(
  rows: readonly Pick<ChangesRow, "districtName" | "workersFrom" | "workersTo">[],
): MissingDistricts {
  const names = (lacking: "workersFrom" | "workersTo", present: "workersFrom" | "workersTo") =>
    rows.flatMap((row) =>
      row[lacking] === 0 && row[present] > 0 && row.districtName !== undefined ? [row.districtName] : [],
    );
  return { from: names("workersFrom", "workersTo"), to: names("workersTo", "workersFrom") };
}
