/** How a route describes itself for openapi.json: the same schemas that check its input. */
import type { z } from "zod";

export interface Operation {
  readonly method: "get" | "post" | "put" | "delete";
  /** As OpenAPI writes it: /workers/{workerId}. */
  readonly path: string;
  readonly summary: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly query?: z.ZodObject;
  readonly body?: { readonly type: string; readonly schema: z.ZodType };
  /** Of the answer; default 200. */
  readonly status?: 200 | 201 | 202;
  /** Media type → schema; null is a file. */
  readonly answers: Readonly<Record<string, z.ZodType | null>>;
}
