/** How a rulebook writes words in both languages and where a rule stands in a notice. */
import { z } from "zod";
import type { Citation } from "./rulebook.ts";

export const message = z.strictObject({ zh: z.string(), en: z.string() });

/** A clause of the rulebook's own document, or of another one. */
export const citation = z.union([z.string(), z.strictObject({ document: z.string(), clause: z.string() })]);

export type CitationText = z.infer<typeof citation>;

/** `document` is that of the rulebook the text stands in. */
export function citationOf(cite: CitationText, document: string): Citation {
  return typeof cite === "string" ? { document, clause: cite } : cite;
}
