import { useEffect, useRef } from "react";
import { deleteAt } from "../../api/client.ts";
import { ApiProblem } from "../../api/problem.ts";

/** A check that nobody waits for any more, because its columns or its file were changed, is stopped. One that is over stays. */
export function useStaleCheck(job: string | null): void {
  const before = useRef(job);
  useEffect(() => {
    const old = before.current;
    before.current = job;
    if (old === null || old === job) return;
    deleteAt(`/import-jobs/${encodeURIComponent(old)}`).catch((error: unknown) => {
      if (!(error instanceof ApiProblem)) throw error;
    });
  }, [job]);
}
