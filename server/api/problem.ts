/** The one error exit of the API: anything thrown becomes problem details (RFC 9457) with the sentence in both languages. */
import type { ErrorRequestHandler } from "express";
import { MulterError } from "multer";
import { AppError, type ErrorCode, type Message } from "../errors.ts";
import { clipMessage, quotable } from "../json-bounds.ts";
import type { Logger } from "../log.ts";
import { maskIdentities } from "../rosters/identity.ts";

const titles: Record<ErrorCode, string> = {
  "bad-input": "Bad input",
  unauthenticated: "Not signed in",
  forbidden: "Forbidden",
  "not-found": "Not found",
  "method-not-allowed": "Method not allowed",
  "too-large": "Too large",
  conflict: "Conflict",
  busy: "Busy",
  timeout: "Timed out",
  cancelled: "Cancelled",
  internal: "Internal error",
};

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly message: Message;
  readonly [member: string]: unknown;
}

/** Problem details of an error; the members of `details` (property, value, allowed …) stand beside the standard ones. */
export function problemOf(error: AppError): Problem {
  if (error.code === "internal") {
    // its sentence may quote SQL or paths: that is for the log
    const message = { zh: "服务器内部错误，详情见日志", en: "internal error; see the server's log" };
    return { type: "urn:gongkao:problem:internal", title: titles.internal, status: 500, detail: message.en, message };
  }
  const { details } = error;
  // what was sent is quoted, not sent back whole
  const { zh, en } = error.text;
  const message = clipMessage({ zh: maskIdentities(zh), en: maskIdentities(en) });
  return {
    ...details,
    ...("property" in details ? { property: quotable(details.property) } : {}),
    ...("value" in details ? { value: quotable(details.value) } : {}),
    type: `urn:gongkao:problem:${error.code}`,
    title: titles[error.code],
    status: error.status,
    detail: message.en,
    message,
  };
}

const fieldOf = (error: unknown, name: string): unknown =>
  typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;

function fromMulter(error: MulterError, uploadLimitBytes: number): AppError {
  if (error.code === "LIMIT_FILE_SIZE") {
    const limit = Math.floor(uploadLimitBytes / (1024 * 1024));
    return new AppError(
      "too-large",
      { zh: `文件超过上传上限 ${limit} MB`, en: `the file is larger than the upload limit of ${limit} MB` },
      { limitBytes: uploadLimitBytes },
    );
  }
  const field = error.field ?? null;
  return new AppError(
    "bad-input",
    {
      zh: `上传的表单不对${field ? `（${field}）` : ""}：应为一个 file 字段，另加 kind 等文字字段`,
      en: `malformed upload${field ? ` (${field})` : ""}: ${error.message}; expected one field "file" and text fields`,
    },
    { property: field },
  );
}

/** Any thrown value as an AppError; what is nobody's fault outside becomes `internal` and keeps its cause for the log. */
export function toAppError(error: unknown, uploadLimitBytes = 0): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof MulterError) return fromMulter(error, uploadLimitBytes);
  const kind = fieldOf(error, "type");
  const status = fieldOf(error, "status");
  const reason = error instanceof Error ? error.message : String(error);
  // multer and body-parser, when the caller goes away in the middle of a body
  if (/^request aborted$/i.test(reason)) {
    return new AppError("cancelled", { zh: "请求已中断", en: "the request was broken off" }, {}, { cause: error });
  }
  if (kind === "entity.parse.failed") {
    return new AppError("bad-input", { zh: `请求内容不是有效的 JSON：${reason}`, en: `malformed JSON: ${reason}` });
  }
  if (kind === "entity.too.large") {
    return new AppError("too-large", { zh: "请求内容过大", en: "the request body is too large" });
  }
  if (status === 404) return new AppError("not-found", { zh: "没有此页", en: "not found" });
  // express, body-parser and busboy mark what the client did wrong with a status of 4xx or a plain sentence
  if (
    (typeof status === "number" && status >= 400 && status < 500) ||
    /multipart|unexpected end of form/i.test(reason)
  ) {
    return new AppError("bad-input", { zh: `请求不完整或格式不对：${reason}`, en: `malformed request: ${reason}` });
  }
  return new AppError("internal", { zh: `内部错误：${reason}`, en: `internal error: ${reason}` }, {}, { cause: error });
}

export function problemHandler(log: Logger, uploadLimitBytes: number): ErrorRequestHandler {
  return (thrown, request, response, _next) => {
    const error = toAppError(thrown, uploadLimitBytes);
    if (error.status >= 500)
      log.error({ err: error.cause ?? error, method: request.method, url: request.path }, error.text.en);
    if (response.headersSent || response.destroyed) {
      // part of the answer is gone: a broken connection is the only honest end
      response.destroy();
      return;
    }
    if (Array.isArray(error.details.allowedMethods)) response.set("Allow", error.details.allowedMethods.join(", "));
    if (error.code === "busy") response.set("Retry-After", "5");
    if (error.code === "unauthenticated") response.set("WWW-Authenticate", 'Bearer realm="gongkao"');
    response
      .status(error.status)
      .type("application/problem+json")
      .send(JSON.stringify(problemOf(error)));
  };
}
