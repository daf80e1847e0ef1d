import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateDemonstration } from "../../server/demo/generate.ts";
import { installDemonstration } from "../../server/demo/install.ts";
import type { Message } from "../../server/errors.ts";
import { loadLibrary, type RulebookLibrary } from "../../server/library.ts";
import { loadReference } from "../../server/reference/load.ts";
import { importRoster } from "../../server/rosters/index.ts";
import { openStore, type Store } from "../../server/store/index.ts";

describe("the demonstration in a database", () => {
  let dataDir = "";
  let store: Store;
  let library: RulebookLibrary;
  const steps: Message[] = [];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "gongkao-install-"));
    store = await openStore(dataDir);
    library = await loadLibrary();
    await store.transaction(loadReference);
    await installDemonstration(store, library, { seed: 5, workers: 600, onProgress: (text) => steps.push(text) });
    // seventeen imports, nine of them with the decisions of a roster year
  }, 300_000);

  afterAll(async () => {
    await store.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it("imports nine workers files and eight applications files, without an error or a warning", async () => {
    const imports = await store.read((c) =>
      c.rows<{ kind: string; report: string }>(
        "SELECT kind, CAST(report AS VARCHAR) AS report FROM imports ORDER BY id",
      ),
    );
    expect(imports.filter(({ kind }) => kind === "workers")).toHaveLength(9);
    expect(imports.filter(({ kind }) => kind === "applications")).toHaveLength(8);
    for (const { report } of imports) {
      expect(JSON.parse(report)).toMatchObject({
        rowsRejected: 0,
        problems: [],
        unmapped: { columns: [], trades: [], districts: [] },
      });
    }
  });

  it("tells every step in both languages and leaves no file behind", async () => {
    expect(steps.length).toBeGreaterThanOrEqual(17);
    for (const { zh, en } of steps) expect(zh && en).toBeTruthy();
    expect((await readdir(dataDir)).filter((name) => name.startsWith("demo-"))).toEqual([]);
  });

  it("is marked, and decided for every exam year from 2017 to 2025", async () => {
    const [newest] = await store.read((c) =>
      c.rows<{ workers: number; marked: number; people: number }>(
        `SELECT count(*) AS workers, count(*) FILTER (department LIKE '%演示数据%') AS marked,
           count(DISTINCT "idHash") AS people FROM workers WHERE "rosterYear" = 2024`,
      ),
    );
    expect(newest).toEqual({ workers: 600, marked: 600, people: 600 });
    const years = await store.read((c) =>
      c.rows<{ year: number; eligible: number }>(
        `SELECT "examYear" AS year, count(*) FILTER (decision = 'eligible') AS eligible FROM eligibility GROUP BY ALL ORDER BY year`,
      ),
    );
    expect(years.map(({ year }) => year)).toEqual([2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025]);
    for (const { eligible } of years) expect(eligible).toBeGreaterThan(0);
  });

  it("changes nothing when a file comes a second time", async () => {
    const outDir = await mkdtemp(join(tmpdir(), "gongkao-again-"));
    try {
      const made = await generateDemonstration({ seed: 5, workers: 600, outDir });
      for (const { file } of made.workers.slice(-1)) {
        const report = await importRoster(store, library, file, { kind: "workers", fileName: basename(file) });
        expect(report).toMatchObject({ rowsLoaded: 0, rowsUpdated: 0, rowsUnchanged: 600 });
      }
    } finally {
      await rm(outDir, { recursive: true, force: true });
    }
  });
});
