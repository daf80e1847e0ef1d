/** Signing in by the link that the server prints, and out again. */
import { Router } from "express";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { refuseForeignPages, sessionCookie, sessionOf } from "./caller.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";

const refusedPage = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>登录链接无效 · Sign-in link not valid</title>
<style>body{font-family:system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem;line-height:1.7}</style>
<h1>登录链接无效</h1>
<p>此链接已使用过或已过期。请重新启动服务，打开它打印的新链接。</p>
<h2 lang="en">Sign-in link not valid</h2>
<p lang="en">This link has been used or is too old. Restart the server and open the new link that it prints.</p>
</html>
`;

/** The page behind the printed link; not under /api, for a person opens it. */
export function signInPage({ sessions }: Parts): Router {
  const router = Router();
  router.get("/sign-in", (request, response) => {
    // a HEAD request of a link checker must not use the token up
    const { token } = request.query;
    const session = request.method === "GET" && typeof token === "string" ? sessions.signIn(token) : undefined;
    response.set("Cache-Control", "no-store").set("Referrer-Policy", "no-referrer");
    if (session) {
      response.cookie(sessionCookie, session.id, { httpOnly: true, sameSite: "strict", path: "/" }).redirect(303, "/");
    } else if (sessionOf(request, sessions)) response.redirect(303, "/");
    else response.status(401).type("html").send(refusedPage);
  });
  return router;
}

const signedIn = z.object({ signedIn: z.literal(true) });

export const sessionOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/session",
    summary: "Whether this browser is signed in",
    answers: { "application/json": signedIn },
  },
  { method: "delete", path: "/session", summary: "Sign out", answers: {} },
];

export function sessionRoutes({ sessions }: Parts): Router {
  const router = Router();
  router.get("/session", (request, response) => {
    if (!sessionOf(request, sessions)) {
      throw new AppError("unauthenticated", { zh: "尚未登录", en: "not signed in" });
    }
    response.json({ signedIn: true });
  });
  router.delete("/session", (request, response) => {
    refuseForeignPages(request);
    const session = sessionOf(request, sessions);
    if (session) sessions.end(session.id);
    response.clearCookie(sessionCookie, { httpOnly: true, sameSite: "strict", path: "/" }).status(204).end();
  });
  return router;
}
