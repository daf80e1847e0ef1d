/** What may be changed, as the forms offer it. */
import type { UseQueryResult } from "@tanstack/react-query";
import { useGet } from "../../api/hooks.ts";
import type { LevelCode, Message } from "../../api/types.ts";
import type { Band } from "./shapes.ts";

/** One number or date of a condition on a pathway. */
export interface Threshold {
  readonly pathway: string;
  readonly condition: string;
  readonly parameter: string;
  /** What it is, in words. */
  readonly label: Message;
  readonly value: number | string;
  /** The value with its unit. */
  readonly valueText: Message;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly unit: Message;
  /** A larger value asks for more (1), for less (-1), or cannot be said (0). */
  readonly stricter: -1 | 0 | 1;
}

export interface LevelOptions {
  readonly level: LevelCode;
  readonly pathways: readonly { readonly id: string; readonly label: Message | null }[];
  readonly conditions: readonly { readonly id: string; readonly text: Message; readonly pathways: readonly string[] }[];
  readonly thresholds: readonly Threshold[];
  readonly bands: readonly Band[] | null;
  readonly cycle: 1 | 2 | null;
}

export interface RulebookOptions {
  readonly id: string;
  readonly title: Message;
  readonly levels: readonly LevelOptions[];
}

export interface TradeOption {
  readonly name: string;
  readonly open: boolean;
  /** People of the newest roster in it, where that is told. */
  readonly workers?: number;
}

export interface ScenarioOptions {
  readonly rulebooks: readonly RulebookOptions[];
  readonly trades: readonly TradeOption[];
}

export const useOptions = (enabled: boolean): UseQueryResult<ScenarioOptions> =>
  useGet("/scenarios/options", {}, enabled);
