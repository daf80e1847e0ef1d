import { useEffect, useRef, useState } from "react";
import { type Draft, draftOf, draftText, emptyDraft, isSame, readDraft } from "./draft.ts";
import { useScenarioSearch } from "./result-state.ts";
import type { Scenario } from "./shapes.ts";

export interface Drafting {
  readonly draft: Draft;
  /** Differs from what is saved. */
  readonly isChanged: boolean;
  readonly edit: (change: Partial<Draft>) => void;
  /** Lets go of what was not saved. */
  readonly reset: () => void;
}

/** What is being put together, from the address or from what is saved; the address follows it. */
export function useDraft(saved: Scenario | undefined): Drafting {
  const { search, change } = useScenarioSearch();
  const start = saved ? draftOf(saved) : emptyDraft;
  const [draft, setDraft] = useState<Draft>(() => readDraft(search.get("draft")) ?? start);
  const isChanged = !isSame(draft, start);
  const before = useRef(saved);
  useEffect(() => {
    const old = before.current;
    before.current = saved;
    // saved anew, here or elsewhere: who had changed nothing goes along
    if (saved && old && saved.version !== old.version)
      setDraft((now) => (isSame(now, draftOf(old)) || isSame(now, draftOf(saved)) ? draftOf(saved) : now));
  }, [saved]);
  const text = isChanged ? draftText(draft) : undefined;
  useEffect(() => {
    if ((new URLSearchParams(window.location.search).get("draft") ?? undefined) !== text) change({ draft: text }, true);
  }, [text, change]);
  return {
    ...{ draft, isChanged },
    edit: (made) => setDraft((now) => ({ ...now, ...made })),
    reset: () => setDraft(start),
  };
}
