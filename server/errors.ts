/** A sentence in both languages of the product. */
export interface Message {
  readonly zh: string;
  readonly en: string;
}

/** What kind of failure this is; decides the HTTP status and the exit code. */
export type ErrorCode =
  | "bad-input"
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "method-not-allowed"
  | "too-large"
  | "conflict"
  | "busy"
  | "timeout"
  | "cancelled"
  | "internal";

const statusOf: Record<ErrorCode, number> = {
  "bad-input": 400,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  "method-not-allowed": 405,
  "too-large": 413,
  conflict: 409,
  busy: 503,
  timeout: 504,
  cancelled: 499,
  internal: 500,
};

/**
 * The one error family of the product. `message` is the English sentence; `details` is machine-readable (property, value,
 * allowed values, row …) and becomes members of the problem details (RFC 9457).
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly status: number;

  constructor(
    readonly code: ErrorCode,
    readonly text: Message,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(text.en, options);
    this.status = statusOf[code];
  }
}

/** Shorthand for the most common case: something the user typed is wrong. */
export function badInput(zh: string, en: string, details?: Record<string, unknown>): AppError {
  return new AppError("bad-input", { zh, en }, details);
}

/** Work on kept results was given up, because the data was published anew again and again under it. */
export const keepsChanging = (): AppError =>
  new AppError("busy", { zh: "数据正在更新，请稍后再试", en: "the data keeps changing, try again in a moment" });

/** For the default branch of an exhaustive switch. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
