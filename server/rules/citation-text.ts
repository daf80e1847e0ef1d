/** How a rulebook writes words in both languages and where a rule stands in a notice. */
import { z } from "zod";
import { vocabulary } from "./operators/fields.ts";
import type { Citation } from "./rulebook.ts";

export const message = z.strictObject({ zh: z.string(), en: z.string() }).register(vocabulary, { ref: "message" });

/** A clause of the rulebook's own document, or of another one. */
export const citation = z
  .union([
    z.string().describe("条款号，如 三.2 · clause"),
    z.strictObject({
      document: z.string().describe("通知文号 · notice"),
      clause: z.string().describe("条款号 · clause"),
    }),
  ])
  .register(vocabulary, { ref: "citation" });

export type CitationText = z.infer<typeof citation>;

/** `document` is that of the rulebook the text stands in. */
export function citationOf(cite: CitationText, document: string): Citation {
  return typeof cite === "string" ? { document, clause: cite } : cite;
}
