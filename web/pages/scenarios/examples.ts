/** Pure: what there is to change → scenarios that planners ask about first. Only what to run, never what comes of it. */
import type { LevelCode, Message } from "../../api/types.ts";
import { type LevelOption, type ScenarioOptions, type ThresholdChoice, thresholdChoices } from "./options.ts";
import type { Change } from "./shapes.ts";

export interface Example {
  readonly kind: "threshold" | "trade" | "elastic";
  readonly change: Change;
  readonly level?: LevelCode;
  readonly what?: Message;
  readonly trade?: string;
}

/** So many of a kind are looked at, for each takes the server a while; the first one that changes something is shown. */
const looked = { threshold: 3, trade: 2, elastic: 1 } as const;

/** Two less of what has to be reached, as far as that goes. */
function relaxed({ threshold: { kind, stricter, value, minimum } }: ThresholdChoice): number | undefined {
  if (kind !== "number" || stricter !== 1 || typeof value !== "number" || value < 3) return undefined;
  return Math.max(minimum ?? 0, value - 2);
}

/** Years of work and in the level come first: planners ask about those most. */
const asked = ["service", "seniority"];
const rank = ({ condition }: ThresholdChoice): number => {
  const at = asked.indexOf(condition.id);
  return at < 0 ? asked.length : at;
};

/** From the highest level down, of the rulebooks that hold in most districts. */
function thresholdExamples({ rulebooks }: ScenarioOptions): readonly Example[] {
  const heights: readonly LevelCode[] = ["junior", "intermediate", "senior", "technician", "seniorTechnician"];
  const height = (level: LevelOption): number => heights.indexOf(level.level);
  return rulebooks
    .flatMap(({ id, levels }) => levels.map((level) => ({ rulebook: id, level })))
    .sort((a, b) => height(b.level) - height(a.level) || b.level.districts.length - a.level.districts.length)
    .flatMap(({ rulebook, level }) => {
      const [best] = thresholdChoices(level)
        .filter((one) => relaxed(one) !== undefined && one.condition.pathways.includes(level.pathways[0]?.id ?? ""))
        .sort((a, b) => rank(a) - rank(b) || Number(b.threshold.value) - Number(a.threshold.value));
      const value = best && relaxed(best);
      if (!best || value === undefined) return [];
      const { condition, threshold } = best;
      const target = { rulebook, level: level.level, condition: condition.key, parameter: threshold.parameter };
      return [
        {
          ...{ kind: "threshold" as const, level: level.level, what: threshold.label },
          change: { kind: "threshold" as const, ...target, value },
        },
      ];
    });
}

/** Trades that are closed at some level are opened there, those with most people first. */
const tradeExamples = ({ trades }: ScenarioOptions): readonly Example[] =>
  trades
    .filter(({ closed, workers }) => closed.length > 0 && workers > 0)
    .sort((a, b) => b.workers - a.workers)
    .map(({ name }) => ({ kind: "trade", trade: name, change: { kind: "trade", trade: name, open: true } }));

const elastic: Example = {
  kind: "elastic",
  change: { kind: "elastic", earlyShare: 0, earlyMonths: 12, lateShare: 0.3, lateMonths: 12 },
};

/** For each example, those that may stand for it, the likeliest first. */
export const examplesOf = (options: ScenarioOptions): readonly (readonly Example[])[] =>
  [thresholdExamples(options), tradeExamples(options), [elastic]]
    .map((list) => list.slice(0, looked[list[0]?.kind ?? "elastic"]))
    .filter((list) => list.length > 0);
