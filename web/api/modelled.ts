/** What the forecast tells of bottlenecks, as the page asks for it. All of it waits until the forecast is computed. */
import type { UseQueryResult } from "@tanstack/react-query";
import { useQuery } from "@tanstack/react-query";
import type { Query } from "./client.ts";
import { getRows } from "./rows.ts";
import type { Curability, Groups, LevelCode, Signal } from "./types.ts";

export const outlierMeasures = ["applicants", "passes"] as const;
export type OutlierMeasure = (typeof outlierMeasures)[number];

/** A group against what the model expects of people like its own, three exam years together. */
export interface OutlierRow extends Groups {
  readonly examYear: number;
  readonly windowFrom: number;
  readonly windowTo: number;
  readonly measure: OutlierMeasure;
  readonly people: number;
  readonly observed: number;
  readonly expected: number;
  readonly difference: number;
  /** Shares 0…1. */
  readonly rate: number;
  readonly expectedRate: number;
  /** The rate to go by where there are few people. */
  readonly shrunk: number;
  readonly signal: Signal;
  readonly z: number | null;
  readonly falseDiscovery: number | null;
  readonly limitLow: number | null;
  readonly limitHigh: number | null;
  /** Variance between the groups besides chance, of rates. */
  readonly between: number;
}

/** The quota in the coming exam year; null where there is no history to learn from. */
export interface OutlookRow extends Groups {
  readonly examYear: number;
  readonly comingYear: number | null;
  readonly quota: number | null;
  readonly candidates: number | null;
  readonly quotaUsed: number | null;
  readonly quotaUsed0: number | null;
  readonly quotaUsed1: number | null;
  readonly quotaUsed2: number | null;
  readonly quotaUsed3: number | null;
  readonly oneMore: number | null;
  readonly chance: number | null;
  readonly queue: number | null;
  /** Years; null: never. */
  readonly expectedWait: number | null;
  readonly newcomerWait: number | null;
  /** By Kaplan and Meier; null: too few, or more than half still wait. */
  readonly observedWait: number | null;
  readonly waited: number | null;
  readonly waitEnded: number | null;
  readonly yearlyLoss: number | null;
  readonly yearsLeft: number | null;
  readonly selectedBeforeRetirement: number | null;
}

/** Who waits for a place. */
export interface QueueRow extends Groups {
  readonly workerId: string;
  readonly name: string | null;
  readonly waitingSince: number;
  readonly timesWithoutPlace: number;
  readonly queuePosition: number;
  /** "2031-05". */
  readonly retiresOn: string | null;
  readonly yearsLeft: number | null;
  readonly chance: number | null;
  readonly expectedWait: number | null;
  readonly selectedBeforeRetirement: number | null;
}

/** A condition that blocks somebody, and what action on it would bring. */
export interface ActionRow extends Groups {
  readonly examYear: number;
  readonly rulebook: string;
  readonly targetLevel: LevelCode;
  readonly condition: string;
  /** Null: neither time nor action helps, or it cannot be told. */
  readonly effect: "met" | "relaxed" | null;
  readonly effectZh: string | null;
  readonly effectEn: string | null;
  readonly fromYear: number;
  readonly toYear: number;
  readonly extraPasses: number | null;
  readonly extraPassesLow80: number | null;
  readonly extraPassesHigh80: number | null;
  readonly extraPassesLow95: number | null;
  readonly extraPassesHigh95: number | null;
  readonly blocked: number;
  readonly soleBlocker: number;
  readonly curability: Curability;
  readonly curabilityZh: string;
  readonly curabilityEn: string;
  readonly conditionZh: string;
  readonly conditionEn: string;
}

function useModelled<Row>(query: Query, enabled: boolean): UseQueryResult<readonly Row[]> {
  return useQuery({
    queryKey: ["/bottlenecks", query],
    queryFn: ({ signal }) => getRows<Row>("/bottlenecks", query, { many: String(query.by).includes("unit"), signal }),
    // rows of another grouping have other columns
    placeholderData: (before, old) => ((old?.queryKey[1] as Query | undefined)?.by === query.by ? before : undefined),
    enabled,
  });
}

export const useOutliers = (query: Query, enabled: boolean): UseQueryResult<readonly OutlierRow[]> =>
  useModelled({ ...query, of: "outliers" }, enabled);

export const useOutlook = (query: Query, enabled: boolean): UseQueryResult<readonly OutlookRow[]> =>
  useModelled({ ...query, of: "outlook" }, enabled);

export const useQueue = (query: Query, enabled: boolean): UseQueryResult<readonly QueueRow[]> =>
  useModelled({ ...query, of: "queue" }, enabled);

export const useActions = (query: Query, enabled: boolean): UseQueryResult<readonly ActionRow[]> =>
  useModelled({ ...query, of: "actions" }, enabled);
