import { useEffect } from "react";
import { useAppMeta } from "../../state/meta.tsx";
import { useRun, useStartRun } from "./api.ts";
import type { Scenario, ScenarioRun } from "./shapes.ts";

export interface AutoRun {
  readonly run: ScenarioRun | undefined;
  readonly error: unknown;
  readonly again: () => void;
}

/** The run of a saved scenario on the present data, begun by itself: the server computes the same changes once. */
export function useAutoRun(scenario: Scenario | undefined): AutoRun {
  const { dataVersion } = useAppMeta();
  const start = useStartRun();
  const { mutate } = start;
  const changes = scenario?.changes;
  const about = JSON.stringify([changes, dataVersion]);
  const go = (): void => {
    if (changes) mutate({ changes });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for what it is about
  useEffect(go, [about]);
  const isOwn = JSON.stringify(start.variables?.changes) === JSON.stringify(changes);
  const answer = useRun(isOwn ? start.data?.id : undefined);
  return {
    run: answer.data?.dataVersion === dataVersion ? answer.data : undefined,
    error: start.error ?? answer.error,
    again: go,
  };
}
