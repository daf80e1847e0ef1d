/** Pure: what there is to change → up to three scenarios that planners ask about first. Only what to run, never what comes of it. */
import type { LevelCode, Message } from "../../api/types.ts";
import type { ScenarioOptions, Threshold } from "./options.ts";
import type { Change } from "./shapes.ts";

export interface Example {
  readonly kind: "threshold" | "trade" | "elastic";
  readonly change: Change;
  readonly level?: LevelCode;
  readonly what?: Message;
  readonly trade?: string;
}

/** Two less of what has to be reached, as far as that goes. */
const relaxed = ({ value, minimum }: Threshold): number | undefined => {
  if (typeof value !== "number" || value < 4) return undefined;
  return Math.max(minimum ?? 0, value - 2);
};

/** The largest number to be reached at the highest level: the years of service, where there are such. */
function thresholdExample({ rulebooks }: ScenarioOptions): Example | undefined {
  for (const { id: rulebook, levels } of rulebooks)
    for (const { level, thresholds } of [...levels].reverse()) {
      const [found] = thresholds
        .filter((one) => one.stricter === 1 && relaxed(one) !== undefined)
        .sort((a, b) => Number(b.value) - Number(a.value));
      const value = found && relaxed(found);
      if (!found || value === undefined) continue;
      const { pathway, condition, parameter } = found;
      return {
        kind: "threshold",
        level,
        what: found.label,
        change: { kind: "threshold", rulebook, level, pathway, condition, parameter, value },
      };
    }
  return undefined;
}

/** The closed trade with most people in it. */
function tradeExample({ trades }: ScenarioOptions): Example | undefined {
  const [found] = trades.filter(({ open }) => !open).sort((a, b) => (b.workers ?? 0) - (a.workers ?? 0));
  return found && { kind: "trade", trade: found.name, change: { kind: "trade", trade: found.name, open: true } };
}

const elastic: Example = {
  kind: "elastic",
  change: { kind: "elastic", earlyShare: 0, earlyMonths: 12, lateShare: 0.3, lateMonths: 12 },
};

export const examplesOf = (options: ScenarioOptions): readonly Example[] =>
  [thresholdExample(options), tradeExample(options), elastic].filter((one) => one !== undefined);
