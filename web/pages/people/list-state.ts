/** The list's own part of the address: which number, which words, which page, and where one came from. */
import { eligibilityMeasures, type Measure, quotaMeasures } from "../../api/types.ts";
import { type Origin, origins } from "../../state/drill.ts";

export interface ListState {
  readonly measure: Measure;
  readonly q: string;
  /** From 1. */
  readonly page: number;
  readonly size: number;
  readonly from: Origin | undefined;
}

const standard = { measure: "planningEligible", page: 1, size: 100 } as const;
const largest = 1000;
const measures: readonly Measure[] = [...eligibilityMeasures, ...quotaMeasures];

const whole = (text: string | null, fallback: number): number =>
  text !== null && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : fallback;

export function readList(search: URLSearchParams): ListState {
  const measure = search.get("measure");
  const from = search.get("from");
  return {
    measure: measures.find((one) => one === measure) ?? standard.measure,
    q: search.get("q")?.trim() ?? "",
    page: whole(search.get("page"), standard.page),
    size: Math.min(largest, whole(search.get("size"), standard.size)),
    from: origins.find((one) => one === from),
  };
}

/** The search with the change made. Another number or other words start again at the first page; defaults are not written. */
export function changeList(search: URLSearchParams, change: Partial<Omit<ListState, "from">>): URLSearchParams {
  const next = new URLSearchParams(search);
  if ("measure" in change || "q" in change) next.delete("page");
  for (const [name, value] of Object.entries(change)) {
    const isDefault = value === "" || (name !== "measure" && name in standard && value === standard[name as "page"]);
    if (isDefault) next.delete(name);
    else next.set(name, String(value));
  }
  return next;
}
