import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSessions, idleLimit, signInLimit } from "../../server/access/sessions.ts";
import { problem, startServer, type TestServer } from "./server.ts";

let server: TestServer;
let webDir: string;
beforeAll(async () => {
  webDir = await mkdtemp(join(tmpdir(), "gongkao-web-"));
  await mkdir(join(webDir, "assets"));
  await writeFile(join(webDir, "index.html"), "<!doctype html><title>工考</title>");
  await writeFile(join(webDir, "assets", "app-1.js"), "export {};");
  server = await startServer({ webDir });
});
afterAll(async () => {
  await server.close();
  await rm(webDir, { recursive: true });
});

const plain = (path: string, init: RequestInit = {}) =>
  fetch(`${server.origin}${path}`, { redirect: "manual", ...init });

async function signIn(): Promise<string> {
  const response = await plain(`/sign-in?token=${server.sessions.issueSignInToken()}`);
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe("/");
  const cookie = response.headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Strict/);
  return cookie.split(";")[0] ?? "";
}

describe("signing in", () => {
  test("without a session every data route answers 401", async () => {
    for (const path of [
      "/meta",
      "/facts",
      "/eligibility?year=2024",
      "/quota",
      "/workers",
      "/rulebooks",
      "/openapi.json",
      "/nothing",
    ]) {
      const response = await plain(`/api/v1${path}`);
      expect(response.status, path).toBe(401);
      expect(response.headers.get("www-authenticate")).toContain("Bearer");
      await problem(response);
    }
    expect((await plain("/api/v1/imports", { method: "POST", body: new FormData() })).status).toBe(401);
    expect((await plain("/healthz")).status).toBe(200);
  });

  test("the token of the link works once", async () => {
    const token = server.sessions.issueSignInToken();
    expect((await plain(`/sign-in?token=${token}`, { method: "HEAD" })).status).toBe(401);
    expect((await plain(`/sign-in?token=${token}`)).status).toBe(303);
    const again = await plain(`/sign-in?token=${token}`);
    expect(again.status).toBe(401);
    expect(await again.text()).toContain("登录链接无效");
    for (const query of ["", "?token=", "?token=x", "?token=a&token=b"]) {
      expect((await plain(`/sign-in${query}`)).status, query).toBe(401);
    }
  });

  test("the cookie opens the API until one signs out", async () => {
    const cookie = await signIn();
    const headers = { cookie };
    const session = await plain("/api/v1/session", { headers });
    expect(await session.json()).toEqual({ signedIn: true });
    expect((await plain("/api/v1/rulebooks", { headers })).status).toBe(200);
    expect((await plain("/sign-in?token=used", { headers })).status).toBe(303);
    expect((await plain("/api/v1/session", { method: "DELETE", headers })).status).toBe(204);
    expect((await plain("/api/v1/session", { headers })).status).toBe(401);
    expect((await plain("/api/v1/rulebooks", { headers })).status).toBe(401);
  });

  test("a page of another origin cannot write with the cookie", async () => {
    const headers = { cookie: await signIn(), "sec-fetch-site": "same-site" };
    const response = await plain("/api/v1/imports", { method: "POST", headers, body: new FormData() });
    expect(response.status).toBe(403);
    expect((await plain("/api/v1/session", { method: "DELETE", headers })).status).toBe(403);
  });

  test("a bearer token works, a wrong one does not", async () => {
    expect((await server.get("/api/v1/rulebooks")).status).toBe(200);
    for (const authorization of ["Bearer gk_wrong", "Bearer x", "Basic YTpi"]) {
      expect((await plain("/api/v1/rulebooks", { headers: { authorization } })).status).toBe(401);
    }
  });

  test("sessions end after twelve hours without use, links after a day", () => {
    let now = 0;
    const sessions = createSessions(() => now);
    const late = sessions.issueSignInToken();
    const session = sessions.signIn(sessions.issueSignInToken());
    if (!session) throw new Error("no session");
    now += idleLimit - 1;
    expect(sessions.find(session.id)).toBe(session);
    now += idleLimit - 1;
    expect(sessions.find(session.id)).toBe(session);
    now += idleLimit;
    expect(sessions.find(session.id)).toBeUndefined();
    now = signInLimit;
    expect(sessions.signIn(late)).toBeUndefined();
  });

  test("tokens are kept as hashes only", async () => {
    const rows = await server.store.read((c) => c.rows("SELECT * FROM api_tokens"));
    expect(JSON.stringify(rows)).not.toContain(server.token.slice(3));
  });
});

describe("pages and files", () => {
  test("every page is the start page, a missing file is 404", async () => {
    for (const page of ["/", "/quota", "/people/W1"]) {
      const response = await plain(page);
      expect(response.status, page).toBe(200);
      expect(await response.text()).toContain("工考");
    }
    const asset = await plain("/assets/app-1.js");
    expect(asset.status).toBe(200);
    expect(asset.headers.get("cache-control")).toContain("immutable");
    for (const path of [
      "/assets/app-2.js",
      "/assets/nothing",
      "/favicon.png",
      "/../package.json",
      "/%2e%2e/package.json",
    ]) {
      expect((await plain(path)).status, path).toBe(404);
    }
  });

  test("nothing but our own scripts may run", async () => {
    const policy = (await plain("/")).headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/script-src 'self'(;|$)/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect((await plain("/")).headers.get("x-powered-by")).toBeNull();
  });

  test("unknown API routes are problems, signed in or not", async () => {
    expect((await server.get("/api/v1/nothing")).status).toBe(404);
    await problem(await server.get("/api/v1/nothing"));
    expect((await plain("/api/v2/meta")).status).toBe(404);
    await problem(await plain("/api/v2/meta"));
    expect((await server.get("/api/v1/workers/%ff")).status).toBe(400);
  });

  test("a known route under another method says which it takes", async () => {
    for (const [method, path, allow] of [
      ["POST", "/eligibility", "GET, HEAD"],
      ["DELETE", "/evaluations", "POST"],
      ["PUT", "/imports", "POST, GET, HEAD"],
      ["POST", "/rulebooks/nantong-2023", "GET, HEAD"],
      ["POST", "/templates/workers.xlsx", "GET, HEAD"],
      ["POST", "/openapi.json", "GET, HEAD"],
    ] as const) {
      const response = await server.get(`/api/v1${path}`, { method });
      expect(response.headers.get("allow"), path).toBe(allow);
      expect(await problem(response), path).toMatchObject({ status: 405, allowedMethods: allow.split(", ") });
    }
  });
});
