/** Pure: what there is to change → up to three scenarios that planners ask about first. Only what to run, never what comes of it. */
import type { LevelCode, Message } from "../../api/types.ts";
import { type ScenarioOptions, type ThresholdChoice, thresholdChoices } from "./options.ts";
import type { Change } from "./shapes.ts";

export interface Example {
  readonly kind: "threshold" | "trade" | "elastic";
  readonly change: Change;
  readonly level?: LevelCode;
  readonly what?: Message;
  readonly trade?: string;
}

/** Two less of what has to be reached, as far as that goes. */
function relaxed({ threshold: { kind, stricter, value, minimum } }: ThresholdChoice): number | undefined {
  if (kind !== "number" || stricter !== 1 || typeof value !== "number" || value < 4) return undefined;
  return Math.max(minimum ?? 0, value - 2);
}

/** The largest number to be reached at the highest level, of the rulebook that holds in most districts. */
function thresholdExample({ rulebooks }: ScenarioOptions): Example | undefined {
  const levels = rulebooks.flatMap(({ id, levels }) => levels.map((level) => ({ rulebook: id, level })));
  const rank = ({ level }: LevelOptionOf): number => Number(level.level === "seniorTechnician");
  const sorted = [...levels].sort((a, b) => rank(b) - rank(a) || b.level.districts.length - a.level.districts.length);
  for (const { rulebook, level } of sorted) {
    const [found] = thresholdChoices(level)
      .filter((one) => relaxed(one) !== undefined && one.condition.pathways.includes(level.pathways[0]?.id ?? ""))
      .sort((a, b) => Number(b.threshold.value) - Number(a.threshold.value));
    const value = found && relaxed(found);
    if (!found || value === undefined) continue;
    const { condition, threshold } = found;
    const target = { rulebook, level: level.level, condition: condition.key, parameter: threshold.parameter };
    return {
      ...{ kind: "threshold", level: level.level, what: threshold.label },
      change: { kind: "threshold", ...target, value },
    };
  }
  return undefined;
}
type LevelOptionOf = { readonly level: ScenarioOptions["rulebooks"][number]["levels"][number] };

/** The trade with most people that is closed at some level is opened there. */
function tradeExample({ trades }: ScenarioOptions): Example | undefined {
  const [found] = trades
    .filter(({ closed, workers }) => closed.length > 0 && workers > 0)
    .sort((a, b) => b.workers - a.workers);
  return found && { kind: "trade", trade: found.name, change: { kind: "trade", trade: found.name, open: true } };
}

const elastic: Example = {
  kind: "elastic",
  change: { kind: "elastic", earlyShare: 0, earlyMonths: 12, lateShare: 0.3, lateMonths: 12 },
};

export const examplesOf = (options: ScenarioOptions): readonly Example[] =>
  [thresholdExample(options), tradeExample(options), elastic].filter((one) => one !== undefined);
