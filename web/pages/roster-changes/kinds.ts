/** Pure: which counts stand where on the page. */
import { type ChangeCount, type ChangeCounts, changeCounts } from "../../api/roster-types.ts";
import { sumOf } from "../../state/sums.ts";

/** Changes that are no part of the flow: they add nobody and take nobody. */
export const otherChanges = ["promoted", "moved", "movedDistrict", "movedUnit", "movedTrade", "renumbered"] as const;

/** One of the two rosters must be wrong. */
export const impossibleChanges = [
  "birthDateMoved",
  "sexChanged",
  "identityChanged",
  "levelFell",
  "workStartMoved",
  "levelDateEarlier",
  "levelDateTooEarly",
  "educationFell",
] as const;

export const isCount = (name: string | undefined): name is ChangeCount => changeCounts.some((one) => one === name);

export const addChanges = (rows: readonly ChangeCounts[]): ChangeCounts => sumOf(rows, changeCounts);

/** Columns of the table of places, as the flow goes, then what else may have happened. */
export const placeColumns = (backwards: boolean): readonly ChangeCount[] => [
  backwards ? "workersTo" : "workersFrom",
  ...(["joined", "movedIn", "left", "retired", "movedOut"] as const),
  backwards ? "workersFrom" : "workersTo",
  ...(["promoted", "movedTrade", "renumbered", "impossible"] as const),
];
