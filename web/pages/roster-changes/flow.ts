/** Pure: counts of the comparison → the steps from one year's workers to the other's. */
import type { ChangeCount, ChangeCounts } from "../../api/roster-types.ts";

export interface FlowStep {
  readonly count: ChangeCount;
  /** The two ends stand on the ground; the others go up or down from where the one before ended. */
  readonly kind: "end" | "up" | "down";
  readonly people: number;
  /** Where the bar begins and ends, people. */
  readonly low: number;
  readonly high: number;
}

const added = ["joined", "movedIn"] as const;
const gone = ["left", "retired", "movedOut"] as const;

/**
 * workersFrom + joined + movedIn − left − retired − movedOut = workersTo. Backwards from the later year to the earlier one,
 * who came is taken off and who went is put back.
 */
export function flowSteps(counts: ChangeCounts, backwards: boolean): readonly FlowStep[] {
  const [first, last] = backwards ? (["workersTo", "workersFrom"] as const) : (["workersFrom", "workersTo"] as const);
  const end = (count: ChangeCount): FlowStep => ({
    ...{ count, kind: "end", people: counts[count], low: 0, high: counts[count] },
  });
  const changes = [
    ...added.map((count) => ({ count, sign: backwards ? -1 : 1 })),
    ...gone.map((count) => ({ count, sign: backwards ? 1 : -1 })),
  ];
  let at = counts[first];
  const steps = changes
    .sort((a, b) => b.sign - a.sign)
    .map(({ count, sign }): FlowStep => {
      const before = at;
      at += sign * counts[count];
      const kind = sign > 0 ? "up" : "down";
      return { count, kind, people: counts[count], low: Math.min(before, at), high: Math.max(before, at) };
    });
  return [end(first), ...steps, end(last)];
}

/** Where an axis may begin so that the steps can be told apart: below the lowest, a round number; 0 when they are large anyway. */
export function flowFloor(steps: readonly FlowStep[]): number {
  const low = Math.min(...steps.map(({ kind, low, high }) => (kind === "end" ? high : low)));
  const high = Math.max(...steps.map((step) => step.high));
  const span = high - low;
  if (span === 0 || low < span * 2) return 0;
  const unit = 10 ** Math.floor(Math.log10(span));
  return Math.max(0, Math.floor((low - span * 0.5) / unit) * unit);
}
