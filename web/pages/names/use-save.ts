import type { FormInstance } from "antd";
import { useState } from "react";
import { ApiProblem } from "../../api/problem.ts";
import { useWords } from "../../parts/words.ts";

export interface Save {
  readonly busy: boolean;
  /** A problem that belongs to no field of the form. */
  readonly problem: string | undefined;
  readonly run: (work: () => Promise<void>) => Promise<void>;
}

/** Runs an edit. What the server finds wrong with a field of `fields` is shown at that field; `form` has them. */
export function useSave(form?: FormInstance, fields: readonly string[] = []): Save {
  const words = useWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const run = async (work: () => Promise<void>): Promise<void> => {
    // The fields stay open meanwhile, so that the focus is where it was when something is wrong.
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      const property = error instanceof ApiProblem ? error.property : undefined;
      const field = fields.find((name) => name === property);
      if (form === undefined || field === undefined) setProblem(words.problem(error));
      else {
        form.setFields([{ name: field, errors: [words.problem(error)] }]);
        form.scrollToField(field, { focus: true });
      }
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, run };
}
