/** The list's own part of the address: which number, which words, which page, and where one came from. */
import {
  conditionMeasures,
  eligibilityMeasures,
  type Measure,
  type Pool,
  passMeasures,
  pools,
  quotaMeasures,
  ruleMeasures,
  type Stage,
  setMeasures,
  stageMeasures,
  stages,
  windowMeasures,
} from "../../api/types.ts";
import { type Origin, origins } from "../../state/drill.ts";

/** One condition of a rulebook; of which level, the filters say. */
export interface AskedCondition {
  readonly rulebook: string;
  /** An id, or several joined by commas; empty for the measures of the rulebook level as a whole. */
  readonly condition: string;
  /** Whom it is counted for, where not everybody. */
  readonly pool?: Pool;
}

export interface ListState {
  readonly measure: Measure;
  readonly q: string;
  /** From 1. */
  readonly page: number;
  readonly size: number;
  readonly from: Origin | undefined;
  readonly asked: AskedCondition | undefined;
  /** Of the measures of stages. */
  readonly stage?: Stage;
}

const standard = { measure: "planningEligible", page: 1, size: 100 } as const;
const largest = 1000;
/** Measures that need nothing but the filters. */
const plain: readonly Measure[] = [...eligibilityMeasures, ...quotaMeasures, ...passMeasures, ...windowMeasures];
const ofConditions: readonly Measure[] = [...conditionMeasures, ...setMeasures];
const ofRules: readonly Measure[] = ruleMeasures;
const ofStages: readonly Measure[] = stageMeasures;

const whole = (text: string | null, fallback: number): number =>
  text !== null && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : fallback;

function readCondition(search: URLSearchParams): AskedCondition | undefined {
  const [rulebook, condition] = [search.get("rulebook"), search.get("condition") ?? ""];
  if (!rulebook || !search.get("level")) return undefined;
  const pool = pools.find((one) => one === search.get("pool"));
  return { rulebook, condition, ...(pool ? { pool } : {}) };
}

export function readList(search: URLSearchParams): ListState {
  const measure = search.get("measure");
  const from = search.get("from");
  const asked = readCondition(search);
  const ofCondition = asked && (asked.condition ? ofConditions : ofRules).find((one) => one === measure);
  const stage = stages.find((one) => one === search.get("stage"));
  const ofStage = stage && ofStages.find((one) => one === measure);
  return {
    measure: ofCondition ?? ofStage ?? plain.find((one) => one === measure) ?? standard.measure,
    asked: ofCondition && asked,
    ...(stage && ofStage ? { stage } : {}),
    q: search.get("q")?.trim() ?? "",
    page: whole(search.get("page"), standard.page),
    size: Math.min(largest, whole(search.get("size"), standard.size)),
    from: origins.find((one) => one === from),
  };
}

/** The search with the change made. Another number or other words start again at the first page; defaults are not written. */
export function changeList(
  search: URLSearchParams,
  change: Partial<Omit<ListState, "from" | "asked" | "stage">>,
): URLSearchParams {
  const next = new URLSearchParams(search);
  if ("measure" in change || "q" in change) next.delete("page");
  if (change.measure !== undefined) {
    if (![...ofConditions, ...ofRules].includes(change.measure)) forgetCondition(next);
    if (!ofStages.includes(change.measure)) next.delete("stage");
  }
  for (const [name, value] of Object.entries(change)) {
    const isDefault = value === "" || (name !== "measure" && name in standard && value === standard[name as "page"]);
    if (isDefault) next.delete(name);
    else next.set(name, String(value));
  }
  return next;
}

function forgetCondition(search: URLSearchParams): void {
  search.delete("rulebook");
  search.delete("condition");
  search.delete("pool");
}

/** The search without the condition, and without the measure that only it had. */
export function withoutCondition(search: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const name of ["measure", "page", "from"]) next.delete(name);
  forgetCondition(next);
  return next;
}
