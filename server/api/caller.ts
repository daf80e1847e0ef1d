/** Who is calling: a session cookie (the dashboard) or a bearer token (scripts). Gives every request its scope. */
import type { Request, RequestHandler, Response } from "express";
import type { Scope } from "../access/scope.ts";
import type { Session, Sessions } from "../access/sessions.ts";
import { scopeOfToken } from "../access/tokens.ts";
import { AppError } from "../errors.ts";
import type { Store } from "../store/index.ts";

export const sessionCookie = "gongkao_session";
const scopes = new WeakMap<Response, Scope>();

const notSignedIn = () =>
  new AppError("unauthenticated", {
    zh: "尚未登录：请打开服务启动时打印的登录链接，或使用访问令牌",
    en: "not signed in: open the sign-in link that the server printed, or send a token",
  });

/** What the caller may see. Throws unauthenticated before `authenticate` has run: no scope, no rows. */
export function scopeOf(response: Response): Scope {
  const scope = scopes.get(response);
  if (!scope) throw notSignedIn();
  return scope;
}

/** The live session of the request's cookie. */
export function sessionOf(request: Request, sessions: Sessions): Session | undefined {
  for (const part of (request.headers.cookie ?? "").split(";")) {
    const [name, value] = part.trim().split("=", 2);
    if (name === sessionCookie && value) return sessions.find(value);
  }
  return undefined;
}

const bearer = /^Bearer +(\S+)$/i;

export function authenticate(sessions: Sessions, store: Store): RequestHandler {
  return async (request, response, next) => {
    const token = bearer.exec(request.headers.authorization ?? "")?.[1];
    if (token !== undefined) {
      const scope = await store.read((c) => scopeOfToken(c, token));
      if (!scope) throw notSignedIn();
      scopes.set(response, scope);
      return next();
    }
    const session = sessionOf(request, sessions);
    if (!session) throw notSignedIn();
    refuseForeignPages(request);
    scopes.set(response, session.scope);
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
