import { useCallback, useEffect, useState } from "react";
import { type ChangeFlow, type Flow, readFlow } from "./flow.ts";

const key = "gongkao.import";

function kept(): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null; // storage is blocked: the import holds until the page is left
  }
}

function keep(flow: Flow): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(flow));
  } catch {
    // as above
  }
}

/** The import of this browser tab. */
export function useFlow(): readonly [Flow, ChangeFlow] {
  const [flow, setFlow] = useState(() => readFlow(kept()));
  useEffect(() => keep(flow), [flow]);
  const change: ChangeFlow = useCallback(
    (made) => setFlow((old) => (typeof made === "function" ? made(old) : { ...old, ...made })),
    [],
  );
  return [flow, change];
}
