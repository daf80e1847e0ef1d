/** `npm start` on a machine that has nothing yet: the whole demonstration is made, and the next start finds it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { EligibilityRow, Meta, QuotaRow } from "../../web/api/types.ts";
import { startServer } from "./server.ts";

/** Fewer than a user gets, made in the same way. */
const workers = 3_000;

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "gongkao-first-"));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** Signs in by the link, as a browser would, and returns a way to ask the API. */
async function signIn(link: string): Promise<<T>(path: string) => Promise<T>> {
  const response = await fetch(link, { redirect: "manual" });
  expect(response.status).toBe(303);
  const cookie = response.headers.get("set-cookie")?.split(";")[0] ?? "";
  return async <T>(path: string) => {
    const answer = await fetch(new URL(`/api/v1${path}`, link), { headers: { cookie } });
    expect(answer.status).toBe(200);
    return (await answer.json()) as T;
  };
}

const years = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

test("the first start makes the demonstration, a line a step", { timeout: 300_000 }, async () => {
  const server = await startServer(dataDir, 0, { demoWorkers: workers });
  try {
    for (const year of years(2016, 2024)) {
      expect(server.lines.filter((line) => line.includes(`importing workers of ${year}`))).toHaveLength(1);
    }
    for (const year of years(2017, 2024)) {
      expect(server.lines.filter((line) => line.includes(`importing applications of ${year}`))).toHaveLength(1);
    }
    expect(server.lines.at(-1)).toContain(server.signInUrl);
    expect(await (await fetch(`${server.origin}/healthz`)).json()).toEqual({ status: "ok" });

    const ask = await signIn(server.signInUrl);
    const meta = await ask<Meta>("/meta");
    expect(meta).toMatchObject({ demo: true, rosterYears: years(2016, 2024), newestExamYear: 2025 });
    const [total] = await ask<EligibilityRow[]>("/eligibility?year=2025&level=seniorTechnician");
    expect(total?.workers).toBeGreaterThan(0.95 * workers);
    expect(total?.workers).toBeLessThan(1.05 * workers);
    const units = await ask<EligibilityRow[]>("/eligibility?year=2025&level=seniorTechnician&by=unit");
    expect(units.length).toBeGreaterThan(50);
    expect(units.reduce((sum, row) => sum + row.workers, 0)).toBe(total?.workers);
    const [quota] = await ask<QuotaRow[]>("/quota?year=2024");
    expect(quota?.used).toBeGreaterThan(0);
    expect(quota?.quota).toBeGreaterThan(0);
  } finally {
    expect(await server.stop()).toBe(0);
  }
});

test("the second start finds it and takes seconds", { timeout: 60_000 }, async () => {
  const began = performance.now();
  const server = await startServer(dataDir);
  try {
    // A guard against making it anew, not a measure of speed.
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(server.lines.some((line) => line.includes("demonstration"))).toBe(false);
    const meta = await (await signIn(server.signInUrl))<Meta>("/meta");
    expect(meta.rosterYears).toEqual(years(2016, 2024));
  } finally {
    expect(await server.stop()).toBe(0);
  }
});
