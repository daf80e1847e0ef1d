/** Which suggestions the reader put aside: a matter of this browser, no edit of the data. */
import { useState } from "react";
import type { UnitSuggestion } from "./api.ts";

const storageKey = "gongkao.ignored-unit-suggestions";

export const suggestionKey = ({ district, fromUnit, toUnit, since }: UnitSuggestion): string =>
  [district, fromUnit, toUnit, since].join("|");

function stored(): readonly string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
  } catch {
    return []; // blocked or damaged: nothing is put aside
  }
}

function store(keys: readonly string[]): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(keys));
  } catch {
    // Storage is blocked: it holds until the page is closed.
  }
}

export interface Ignored {
  readonly has: (suggestion: UnitSuggestion) => boolean;
  readonly set: (suggestion: UnitSuggestion, ignored: boolean) => void;
}

export function useIgnored(): Ignored {
  const [keys, setKeys] = useState(stored);
  return {
    has: (suggestion) => keys.includes(suggestionKey(suggestion)),
    set: (suggestion, ignored) => {
      const key = suggestionKey(suggestion);
      const next = [...keys.filter((one) => one !== key), ...(ignored ? [key] : [])];
      store(next);
      setKeys(next);
    },
  };
}
