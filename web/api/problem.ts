import type { Message } from "./types.ts";

/** A failed request: the problem details (RFC 9457) the server sent, or what can be said without them. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";

  constructor(
    /** HTTP status; 0 when the server did not answer. */
    readonly status: number,
    readonly text: Message | undefined,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(text?.en ?? `request failed (${status})`, options);
  }

  /** The fact at fault, when the server named one. */
  get property(): string | undefined {
    const { property } = this.details;
    return typeof property === "string" ? property : undefined;
  }
}

/** What was asked for is not there, or no more. */
export const isGone = (error: unknown): boolean => error instanceof ApiProblem && error.status === 404;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const asMessage = (value: unknown): Message | undefined =>
  isRecord(value) && typeof value.zh === "string" && typeof value.en === "string"
    ? { zh: value.zh, en: value.en }
    : undefined;

/** Reads the body of a failed response; a body that is no problem document leaves the text open. */
export function toProblem(status: number, body: unknown): ApiProblem {
  if (!isRecord(body)) return new ApiProblem(status, undefined);
  const { detail, title } = body;
  const plain = typeof detail === "string" ? detail : typeof title === "string" ? title : undefined;
  const text = asMessage(body.message) ?? (plain === undefined ? undefined : { zh: plain, en: plain });
  return new ApiProblem(status, text, body);
}
