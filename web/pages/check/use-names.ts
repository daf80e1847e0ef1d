import { useMemo } from "react";
import type { FactForm } from "../../api/fact-form.ts";
import { useWords } from "../../parts/words.ts";

/** The label of a fact, of a part of one, or of a way of meeting a condition; undefined when there is none. */
export function useNames(form: FactForm): (name: string) => string | undefined {
  const words = useWords();
  return useMemo(() => {
    const parts = new Map(form.fields.flatMap((field) => field.fields.map((part) => [part.name, part])));
    return (name) => {
      const field = form.byName.get(name) ?? parts.get(name);
      return field ? words.say(field.label) : words.alternative(name);
    };
  }, [form, words]);
}
