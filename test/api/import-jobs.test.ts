import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { heading, rosterRows } from "../bench/roster-file.ts";
import { problem, startServer, type TestServer } from "./server.ts";

interface Job {
  id: string;
  state: string;
  phase: string | null;
  rows: number;
  rowsExpected: number | null;
  cancellable: boolean;
  startedAt: string | null;
  endedAt: string | null;
  report: Record<string, unknown> | null;
  problem: Record<string, unknown> | null;
}

let server: TestServer;
let now = Date.now();
beforeAll(async () => {
  server = await startServer({ uploadLimitBytes: 40_000_000, now: () => now });
});
afterAll(() => server.close());

/** A clean roster; `tag` makes its people others than those of the other tests. */
const roster = (rows: number, tag: string) =>
  [heading.join(","), ...[...rosterRows(rows)].map((row) => row.join(",").replace(",W", `,${tag}`)), ""].join("\r\n");
// made beforehand: nothing else answers while they are
const large = roster(50_000, "L");
const cancelled = roster(50_000, "C");

async function send(content: string, on = server): Promise<string> {
  const form = new FormData();
  form.set("file", new Blob([content]), "人员名册.csv");
  const answer = await on.get("/api/v1/uploads", { method: "POST", body: form });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { upload: string }).upload;
}
const upload = (id: string) => server.get(`/api/v1/uploads/${id}`);

const post = (body: object) =>
  server.get("/api/v1/import-jobs", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
async function start(id: string, more: object = {}): Promise<Job> {
  const answer = await post({ upload: id, kind: "workers", ...more });
  expect(answer.status).toBe(202);
  return (await answer.json()) as Job;
}
const find = async (id: string) => (await (await server.get(`/api/v1/import-jobs/${id}`)).json()) as Job;
const cancel = async (id: string) =>
  (await (await server.get(`/api/v1/import-jobs/${id}`, { method: "DELETE" })).json()) as Job;

/** Looks at a job until it is as wanted. */
async function until(id: string, wanted: (job: Job) => boolean): Promise<Job> {
  for (;;) {
    const job = await find(id);
    if (wanted(job)) return job;
    await delay(5);
  }
}
const end = (id: string) => until(id, ({ endedAt }) => endedAt !== null);

async function state() {
  const { dataVersion } = (await (await server.get("/api/v1/meta")).json()) as { dataVersion: number };
  const rows = await server.store.read((c) => c.rows("SELECT count(*) AS rows FROM workers"));
  const imports = (await (await server.get("/api/v1/imports")).json()) as object[];
  return { dataVersion, rows, imports: imports.length };
}

test("a file is sent once, previewed, checked, imported, and cleared", async () => {
  const id = await send(roster(20, "S"));
  const about = await (await upload(id)).json();
  expect(about).toMatchObject({ upload: id, fileName: "人员名册.csv", expiresAt: expect.stringMatching(/Z$/) });
  expect(about).not.toHaveProperty("path");
  const form = new FormData();
  form.set("kind", "workers");
  form.set("upload", id);
  const shown = await server.get("/api/v1/imports/preview", { method: "POST", body: form });
  expect(await shown.json()).toMatchObject({ format: "csv", sha256: (about as { sha256: string }).sha256 });
  const before = await state();
  const checked = await end((await start(id, { dryRun: true })).id);
  expect(checked).toMatchObject({ state: "done", cancellable: false, report: { dryRun: true, rowsLoaded: 20 } });
  expect(await state()).toEqual(before);
  const loaded = await end((await start(id)).id);
  expect(loaded).toMatchObject({
    state: "done",
    rows: 20,
    phase: null,
    problem: null,
    report: { file: "人员名册.csv", rowsLoaded: 20, importId: before.imports + 1 },
  });
  const again = await server.get("/api/v1/imports", { method: "POST", body: form });
  expect(await again.json()).toMatchObject({ rowsUnchanged: 20, file: "人员名册.csv" });
  expect((await server.get(`/api/v1/uploads/${id}`, { method: "DELETE" })).status).toBe(204);
  expect(await problem(await upload(id))).toMatchObject({ status: 404, property: "upload" });
  expect(await readdir(join(server.store.dataDir, "uploads"))).toEqual([]);
  expect(await readdir(join(server.store.dataDir, "incoming"))).toEqual([]);
});

test("while a large file is imported its progress is seen and everybody else is answered", async () => {
  const id = await send(large);
  const { id: job } = await start(id);
  const seen = new Set<string>();
  let answered = 0;
  let last = 0;
  const paths = ["/meta", "/quota?year=2024", "/workers?year=2024&limit=5", "/imports", "/trades"];
  for (;;) {
    const answers = await Promise.all(paths.map((path) => server.get(`/api/v1${path}`)));
    for (const answer of answers) expect(answer.status).toBe(200);
    const { state, phase, rows, rowsExpected, cancellable } = await find(job);
    if (state !== "running" && state !== "waiting") break;
    answered += answers.length;
    if (phase) seen.add(phase);
    expect(cancellable).toBe(true);
    expect(rows).toBeGreaterThanOrEqual(last);
    if (rowsExpected !== null) expect(rows).toBeLessThanOrEqual(rowsExpected);
    last = rows;
  }
  expect(answered).toBeGreaterThan(paths.length);
  expect([...seen]).toContain("read");
  expect(await find(job)).toMatchObject({ state: "done", rows: 50_000, report: { rowsLoaded: 50_000 } });
  const list = (await (await server.get("/api/v1/import-jobs")).json()) as Job[];
  expect(list[0]).toMatchObject({ id: job, state: "done" });
});

test("what is cancelled while it is read, or before it began, leaves nothing but the file", async () => {
  const before = await state();
  const id = await send(cancelled);
  const running = await start(id);
  const waiting = await start(id);
  expect((await until(running.id, ({ rows }) => rows > 0)).phase).toBe("read");
  expect(await find(waiting.id)).toMatchObject({ state: "waiting", startedAt: null, cancellable: true });
  const inUse = await server.get(`/api/v1/uploads/${id}`, { method: "DELETE" });
  expect(await problem(inUse)).toMatchObject({ status: 409, reason: "in-use" });
  expect(await cancel(waiting.id)).toMatchObject({ state: "cancelled", startedAt: null });
  expect(await cancel(running.id)).toMatchObject({ state: "cancelled", cancellable: false, report: null });
  expect(await state()).toEqual(before);
  expect((await upload(id)).status).toBe(200);
  // the next one finds its turn
  expect(await end((await start(await send(roster(3, "N")))).id)).toMatchObject({ state: "done" });
  expect(await cancel(running.id)).toMatchObject({ state: "cancelled" });
});

test("a job that fails says why; the next one runs", async () => {
  const failing = await start(await send("not a roster at all"));
  const next = await start(await send(roster(2, "F")));
  const failed = await end(failing.id);
  expect(failed).toMatchObject({ state: "failed", report: null, problem: { status: 400 } });
  expect(failed.problem?.message).toMatchObject({ zh: expect.any(String), en: expect.any(String) });
  expect(await end(next.id)).toMatchObject({ state: "done" });
  const mapped = await start(await send(roster(2, "F")), { mapping: { 姓名: "nobody" } });
  expect((await end(mapped.id)).problem).toMatchObject({ status: 400, column: "nobody" });
  expect(server.logged).toEqual([]);
});

test.each([
  [{ kind: "workers" }, 400, "upload"],
  [{ upload: "x", kind: "workers" }, 404, "upload"],
  [{ upload: "../gongkao.duckdb", kind: "workers" }, 404, "upload"],
  [{ upload: "00000000-0000-0000-0000-000000000000", kind: "workers" }, 404, "upload"],
  [{ upload: "x", kind: "people" }, 400, "kind"],
  [{ upload: "x", kind: "workers", year: 1800 }, 400, "year"],
  [{ upload: "x", kind: "workers", year: "2023" }, 400, "year"],
  [{ upload: "x", kind: "workers", dryRun: "yes" }, 400, "dryRun"],
  [{ upload: "x", kind: "workers", file: "x" }, 400, "file"],
])("bad request %#: %j", async (body, status, property) => {
  expect(await problem(await post(body))).toMatchObject({ status, property });
});

test("what is not there is 404; a form with a file and an upload is refused", async () => {
  for (const init of [{}, { method: "DELETE" }]) {
    expect(await problem(await server.get("/api/v1/import-jobs/x", init))).toMatchObject({ status: 404 });
    expect(await problem(await server.get("/api/v1/uploads/x", init))).toMatchObject({ status: 404 });
    expect((await fetch(`${server.origin}/api/v1/uploads/x`, init)).status).toBe(401);
  }
  const form = new FormData();
  form.set("kind", "workers");
  form.set("upload", await send(roster(1, "B")));
  form.set("file", new Blob([roster(1, "B")]), "b.csv");
  const both = await server.get("/api/v1/imports", { method: "POST", body: form });
  expect(await problem(both)).toMatchObject({ status: 400, property: "upload" });
  const { paths } = (await (await server.get("/api/v1/openapi.json")).json()) as {
    paths: Record<string, Record<string, { responses: object }>>;
  };
  expect(paths["/import-jobs"]?.post?.responses).toHaveProperty("202");
  expect(paths["/uploads"]?.post?.responses).toHaveProperty("201");
});

test("uploads survive a restart, jobs do not; the jobs of another caller are not seen", async () => {
  const id = await send(roster(2, "R"));
  const { id: job } = await start(id);
  await end(job);
  // what a killed server leaves of an upload
  const { dataDir } = server.store;
  await writeFile(join(dataDir, "incoming", "half"), "x");
  await writeFile(join(dataDir, "uploads", "11111111-1111-1111-1111-111111111111"), "x");
  await writeFile(join(dataDir, "uploads", "22222222-2222-2222-2222-222222222222.json"), "{}");
  const again = await startServer({ again: server, now: () => now });
  try {
    expect(await readdir(join(dataDir, "incoming"))).toEqual([]);
    expect((await readdir(join(dataDir, "uploads"))).filter((name) => /^[12]{8}-/.test(name))).toEqual([]);
    expect(await (await again.get(`/api/v1/uploads/${id}`)).json()).toMatchObject({ upload: id });
    expect(await problem(await again.get(`/api/v1/import-jobs/${job}`))).toMatchObject({ status: 404 });
    const { token } = again;
    const other = { headers: { authorization: `Bearer ${token}` } };
    expect(await problem(await server.get(`/api/v1/import-jobs/${job}`, other))).toMatchObject({ status: 404 });
    expect(await (await server.get("/api/v1/import-jobs", other)).json()).toEqual([]);
  } finally {
    await again.close();
  }
});

test("at most 50 files are kept, never without those used within the hour, none longer than a day", async () => {
  const folder = join(server.store.dataDir, "uploads");
  // of the tests before, as old as the first
  for (const file of await readdir(folder)) await rm(join(folder, file));
  const first = await send("1");
  const used = await send("2");
  now += 1_800_000;
  await end((await start(used)).id);
  for (let file = 2; file < 50; file++) await send(String(file));
  const form = new FormData();
  form.set("file", new Blob(["x"]), "满.csv");
  const refused = await server.get("/api/v1/uploads", { method: "POST", body: form });
  expect(await problem(refused)).toMatchObject({ status: 503, type: "urn:gongkao:problem:busy" });
  expect((await upload(first)).status).toBe(200);
  now += 1_900_000;
  await send("now there is room");
  expect((await upload(first)).status).toBe(404);
  expect((await upload(used)).status).toBe(200);
  now += 24 * 3_600_000;
  expect((await upload(used)).status).toBe(404);
  const fresh = await send("3");
  const again = await startServer({ again: server, now: () => now });
  await again.close();
  const left = await readdir(folder);
  expect(left.sort()).toEqual([fresh, `${fresh}.json`]);
  expect(await (await server.get("/api/v1/import-jobs")).json()).toEqual([]);
});
