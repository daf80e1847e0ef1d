/** Who is calling: a session cookie (the dashboard) or a bearer token (scripts). Gives every request its scope. */
import type { Request, RequestHandler, Response } from "express";
import type { Caller, Scope } from "../access/scope.ts";
import type { Session, Sessions } from "../access/sessions.ts";
import { bearerOf } from "../access/tokens.ts";
import { AppError } from "../errors.ts";
import type { Store } from "../store/index.ts";

export const sessionCookie = "gongkao_session";
const callers = new WeakMap<Response, Caller>();

const notSignedIn = () =>
  new AppError("unauthenticated", {
    zh: "尚未登录：请打开服务启动时打印的登录链接，或使用访问令牌",
    en: "not signed in: open the sign-in link that the server printed, or send a token",
  });

/** Who is calling. Throws unauthenticated before `authenticate` has run. */
export function callerOf(response: Response): Caller {
  const caller = callers.get(response);
  if (!caller) throw notSignedIn();
  return caller;
}

/** What the caller may see. Throws unauthenticated before `authenticate` has run: no scope, no rows. */
export const scopeOf = (response: Response): Scope => callerOf(response).scope;

/** The caller, if nothing is hidden from them. Throws forbidden: `zh`, `en` say what is not allowed. */
export function fullCaller(response: Response, zh: string, en: string): Caller {
  const caller = callerOf(response);
  if (caller.scope.districts !== "all")
    throw new AppError("forbidden", { zh: `无权${zh}`, en: `${en} is not allowed` });
  return caller;
}

/** The live session of the request's cookie. */
export function sessionOf(request: Request, sessions: Sessions): Session | undefined {
  for (const part of (request.headers.cookie ?? "").split(";")) {
    const [name, value] = part.trim().split("=", 2);
    if (name === sessionCookie && value) return sessions.find(value);
  }
  return undefined;
}

const bearerHeader = /^Bearer +(\S+)$/i;

export function authenticate(sessions: Sessions, store: Store): RequestHandler {
  return async (request, response, next) => {
    const token = bearerHeader.exec(request.headers.authorization ?? "")?.[1];
    if (token !== undefined) {
      const bearer = await store.read((c) => bearerOf(c, token));
      if (!bearer) throw notSignedIn();
      callers.set(response, bearer);
      return next();
    }
    const session = sessionOf(request, sessions);
    if (!session) throw notSignedIn();
    refuseForeignPages(request);
    callers.set(response, session);
    next();
  };
}

/** SameSite takes every port of a host for one site; a page of another local server must still not write with our cookie. */
export function refuseForeignPages(request: Request): void {
  const from = request.headers["sec-fetch-site"];
  if (request.method === "GET" || request.method === "HEAD" || from === undefined) return;
  if (from !== "same-origin" && from !== "none") {
    throw new AppError("forbidden", { zh: "不接受来自其他网页的请求", en: "requests from other pages are refused" });
  }
}
