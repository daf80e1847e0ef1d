import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiProblem } from "../../api/problem.ts";
import { createScenario, fetchScenario, replaceScenario } from "./api.ts";
import type { Draft } from "./draft.ts";
import type { Scenario } from "./shapes.ts";

export interface Saving {
  readonly isBusy: boolean;
  readonly error: unknown;
  /** What somebody else saved since the draft was begun; the planner says which is to stand. */
  readonly newer: Scenario | undefined;
  readonly closeNewer: () => void;
  /** `version`: that it replaces; of another scenario than the draft's when it is to be a new one. */
  readonly save: (draft: Draft, into: { readonly id: string; readonly version: number } | undefined) => Promise<void>;
}

/** Saves a draft, in place or as a new scenario; `onSaved` gets what stands then. */
export function useSaveDraft(onSaved: (scenario: Scenario) => void): Saving {
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const [newer, setNewer] = useState<Scenario | undefined>(undefined);
  return {
    ...{ isBusy, error, newer },
    closeNewer: () => setNewer(undefined),
    save: async (draft, into) => {
      if (isBusy) return;
      setBusy(true);
      setError(undefined);
      try {
        const saved = into ? await replaceScenario(into.id, draft, into.version) : await createScenario(draft);
        client.setQueryData(["/scenarios/one", saved.id], saved);
        void client.invalidateQueries({ queryKey: ["/scenarios"] });
        setNewer(undefined);
        onSaved(saved);
      } catch (problem) {
        if (into && problem instanceof ApiProblem && problem.status === 409) {
          try {
            setNewer(await fetchScenario(into.id));
          } catch (second) {
            setError(second);
          }
        } else setError(problem);
      } finally {
        setBusy(false);
      }
    },
  };
}
