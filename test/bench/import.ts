/**
 * How long an import takes and how much memory: `npm run bench:import` (`-- ROWS`; default 200,000). The same clean roster as .xlsx and
 * .csv, each by the command line into an empty database; everything counts, from the start of the process to the decisions of every worker
 * at every level. Beside it DuckDB's own `read_csv` on the same text: cells as text, nothing checked.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";
import { machineLine, measure, say, whole } from "./measure.ts";
import { heading, writeCsv, writeXlsx } from "./roster-file.ts";

const rows = Number(process.argv[2] ?? 200_000);
const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;
const seconds = (number: number) => `${number.toFixed(1)} s`;
const run = promisify(execFile);

const program = fileURLToPath(new URL("../../server/gongkao.cjs", import.meta.url));
const watched = fileURLToPath(new URL("import-case.cjs", import.meta.url));

/** As import-case.cjs prints it. */
interface ImportCase {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly memoryPeak: number;
  readonly longestWait: number;
  readonly wait99: number;
}

async function importOf(file: string, data: string): Promise<ImportCase> {
  await run(process.execPath, [program, "init", "--data", data]);
  const { stdout, stderr } = await run(process.execPath, [watched, file, data], { maxBuffer: 1e8 });
  const { rowsLoaded } = JSON.parse(stdout) as { rowsLoaded: number };
  if (rowsLoaded !== rows) throw new Error(`${rowsLoaded} of ${rows} rows were loaded`);
  return JSON.parse(stderr.trim().split("\n").at(-1) ?? "") as ImportCase;
}

function tell(name: string, bytes: number, found: ImportCase): void {
  say(
    `${name} (${megabytes(bytes)}): ${seconds(found.seconds)} (${seconds(found.cpuSeconds)} of CPU), ${whole(rows / found.seconds)} rows a second; ` +
      `memory at most ${megabytes(found.memoryPeak)}; other requests waited at most ${whole(found.longestWait)} ms, 99 of 100 less than ${whole(found.wait99)} ms`,
  );
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
  tell(".xlsx", (await stat(xlsx)).size, await importOf(xlsx, join(folder, "from-xlsx")));
  tell(".csv", (await stat(csv)).size, await importOf(csv, join(folder, "from-csv")));
  const read = await measure(() => peer(csv));
  if (read.value !== rows) throw new Error(`read_csv found ${read.value} rows`);
  say(
    `DuckDB read_csv of the same text, nothing checked: ${seconds(read.seconds)} (${seconds(read.cpuSeconds)} of CPU)`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
