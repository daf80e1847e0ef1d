import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { program, run } from "./run.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gongkao-serve-"));
  expect((await run(["init", "--data", folder])).code).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Serving {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** The sign-in link. */
  readonly link: URL;
}

/** Starts the server on a free port and waits for the link. */
function serve(...options: string[]): Promise<Serving> {
  const env = { ...process.env, PORT: "0", GONGKAO_DATA: folder, GONGKAO_PREPARE: "false" };
  const child = spawn(process.execPath, [program, "serve", ...options], { env });
  let output = "";
  return new Promise((done, fail) => {
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\/sign-in\?token=[\w-]+/.exec(output)?.[0];
      if (found) done({ child, output: () => output, link: new URL(found) });
    });
    child.on("close", (code) => fail(new Error(`ended with ${code}: ${output}`)));
  });
}

function stop(child: ChildProcess): Promise<number | null> {
  return new Promise((done) => {
    child.on("close", done);
    child.kill("SIGTERM");
  });
}

test("serves, lets the printed link in once, holds the database, and stops cleanly", async () => {
  const { child, output, link } = await serve();
  try {
    expect((await fetch(new URL("/healthz", link))).status).toBe(200);
    expect((await fetch(new URL("/api/v1/meta", link))).status).toBe(401);
    const signedIn = await fetch(link, { redirect: "manual" });
    expect(signedIn.status).toBe(303);
    const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
    const meta = await fetch(new URL("/api/v1/meta", link), { headers: { cookie } });
    expect(await meta.json()).toMatchObject({ demo: false, examYears: [] });
    expect((await fetch(link, { redirect: "manual" })).status).toBe(401);
    expect(await (await fetch(new URL("/", link))).text()).toContain("<script");

    const held = await run(["eligibility", "--year", "2024", "--data", folder]);
    expect(held).toMatchObject({ code: 1, errors: [expect.stringMatching(/another process/)] });
    const taken = await run(["serve"], "", { PORT: link.port, GONGKAO_DATA: join(folder, "other") });
    expect(taken).toMatchObject({ code: 1, errors: [expect.stringMatching(/PORT/)] });
  } finally {
    expect(await stop(child)).toBe(0);
  }
  expect(output().match(/http:/g)).toHaveLength(1);
  // the database was given back
  expect((await run(["init", "--data", folder])).code).toBe(0);
});

test("with --json-log every line is JSON and one holds the link", async () => {
  const { child, output, link } = await serve("--json-log");
  expect(await stop(child)).toBe(0);
  const lines = output().trim().split("\n");
  const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(records.filter(({ url }) => url === link.href)).toHaveLength(1);
});

test("a bad setting stops the start with a sentence", async () => {
  const ended = await run(["serve"], "", { PORT: "eighty" });
  expect(ended).toMatchObject({ code: 2, errors: [expect.stringMatching(/PORT.*eighty/)] });
});
