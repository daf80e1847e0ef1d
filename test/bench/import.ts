/**
 * How long an import takes and how much memory: `npm run bench:import` (`-- ROWS`; default 200,000). The same clean roster as .xlsx and
 * .csv, each into an empty database in a process of its own; the whole import counts, deciding every worker at every level included.
 * Beside it DuckDB's own `read_csv` on the same text: cells as text, nothing checked.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";
import type { ImportCase } from "./import-case.ts";
import { machineLine, measure, say, whole } from "./measure.ts";
import { heading, writeCsv, writeXlsx } from "./roster-file.ts";

const rows = Number(process.argv[2] ?? 200_000);
const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;
const seconds = (number: number | undefined) => `${(number ?? 0).toFixed(1)} s`;
const run = promisify(execFile);

async function importOf(file: string): Promise<ImportCase> {
  const { stdout } = await run(
    process.execPath,
    ["--import", "tsx", new URL("import-case.ts", import.meta.url).pathname, file],
    { env: { ...process.env, UV_THREADPOOL_SIZE: "16" } },
  );
  return JSON.parse(stdout) as ImportCase;
}

function tell(name: string, bytes: number, found: ImportCase): void {
  const { steps } = found;
  if (found.loaded !== rows) throw new Error(`${found.loaded} of ${rows} rows were loaded`);
  say(
    `${name} (${megabytes(bytes)}): ${seconds(found.seconds)} (${seconds(found.cpuSeconds)} of CPU), ${whole(rows / found.seconds)} rows a second; ` +
      `memory at most ${megabytes(found.memoryPeak)}, ${megabytes(found.memoryBefore)} before`,
  );
  say(
    `  read and check ${seconds((steps.prepare ?? 0) - (steps.stage ?? 0))}, stage ${seconds(steps.stage)}, compare ${seconds(steps.compare)}, ` +
      `write ${seconds(steps.write)}, decide ${seconds(steps.decide)}, findings ${seconds(steps.findings)}`,
  );
  say(`  other requests waited at most ${whole(found.longestWait)} ms, 99 of 100 less than ${whole(found.wait99)} ms`);
}

/** Rows that DuckDB's own reader finds. */
async function peer(file: string): Promise<number> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  try {
    await connection.run(`CREATE TABLE roster AS FROM read_csv('${file}', all_varchar = true)`);
    const counted = await connection.runAndReadAll("SELECT count(*)::INTEGER FROM roster");
    return Number(counted.getRows()[0]?.[0]);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const folder = await mkdtemp(join(tmpdir(), "gongkao-bench-"));
try {
  say(machineLine());
  say(`a clean roster of ${whole(rows)} rows × ${heading.length} columns, from the file to the decisions`);
  const csv = join(folder, "roster.csv");
  const xlsx = join(folder, "roster.xlsx");
  await writeCsv(csv, rows);
  await writeXlsx(xlsx, rows);
  tell(".xlsx", (await stat(xlsx)).size, await importOf(xlsx));
  tell(".csv", (await stat(csv)).size, await importOf(csv));
  const read = await measure(() => peer(csv));
  if (read.value !== rows) throw new Error(`read_csv found ${read.value} rows`);
  say(
    `DuckDB read_csv of the same text, nothing checked: ${seconds(read.seconds)} (${seconds(read.cpuSeconds)} of CPU)`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
