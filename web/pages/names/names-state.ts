/** The page's own part of the address: which tab, which words, which rows. */

export const tabs = ["units", "trades", "aliases", "headings"] as const;
export type Tab = (typeof tabs)[number];

export interface NamesState {
  readonly tab: Tab;
  readonly q: string;
  /** Which rows; what there is to choose from, the tab knows. */
  readonly show: string;
}

export function readNames(search: URLSearchParams): NamesState {
  const tab = search.get("tab");
  return {
    tab: tabs.find((one) => one === tab) ?? "units",
    q: search.get("q")?.trim() ?? "",
    show: search.get("show") ?? "",
  };
}

/** The search with the change made; another tab begins without the words and the choice of the one before. */
export function changeNames(search: URLSearchParams, change: Partial<NamesState>): URLSearchParams {
  const next = new URLSearchParams(search);
  if (change.tab !== undefined) for (const name of ["q", "show"]) next.delete(name);
  for (const [name, value] of Object.entries(change)) {
    if (value === "") next.delete(name);
    else next.set(name, value);
  }
  return next;
}

/** One of the choices, or the first. */
export const chosen = <T extends string>(choices: readonly [T, ...T[]], text: string): T =>
  choices.find((one) => one === text) ?? choices[0];

/** Whether one of the texts holds the words. */
export function holds(q: string, ...texts: readonly (string | null)[]): boolean {
  const wanted = q.toLowerCase();
  return wanted === "" || texts.some((text) => text?.toLowerCase().includes(wanted) ?? false);
}
