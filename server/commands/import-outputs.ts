/** What `import` writes besides the database: the file with its problems marked, and a list of corrections for each unit. */
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { badInput } from "../errors.ts";
import {
  type FoundProblem,
  type ImportReport,
  markedWorkbook,
  ProblemFile,
  readProblems,
  unitListFiles,
} from "../rosters/index.ts";

export interface Outputs {
  /** Path of an .xlsx file. */
  readonly marked?: string | undefined;
  /** A folder; it is made. */
  readonly units?: string | undefined;
}

export interface OutputSource {
  readonly file: string;
  readonly limitBytes: number;
  readonly mapping?: Readonly<Record<string, string>> | undefined;
}

/** Throws bad-input, before anything is imported, when the outputs do not fit the files. */
export async function checkOutputs(files: readonly string[], { marked, units }: Outputs): Promise<void> {
  if (marked === undefined && units === undefined) return;
  if (files.length > 1) {
    throw badInput("--marked 与 --units 一次只能用于一个文件", "--marked and --units take one file at a time", {
      property: marked === undefined ? "units" : "marked",
    });
  }
  if (marked === undefined) return;
  if (!/\.xlsx$/i.test(marked)) {
    throw badInput(`--marked 应为 .xlsx 文件，不是 ${marked}`, `--marked must name an .xlsx file, not ${marked}`, {
      property: "marked",
      value: marked,
    });
  }
  if (files.some((file) => resolve(file) === resolve(marked))) {
    throw badInput("--marked 不能覆盖名册本身", "--marked must not be the roster itself", { property: "marked" });
  }
  const folder = dirname(resolve(marked));
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw badInput(`没有文件夹 ${folder}`, `no such folder: ${folder}`, { property: "marked", value: marked });
  }
}

/** Whole or not there at all: it is written beside and then renamed. */
async function writeWhole(path: string, pieces: AsyncGenerator<Buffer>): Promise<void> {
  const part = `${path}.part`;
  try {
    await pipeline(Readable.from(pieces), createWriteStream(part));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Runs an import, following its problems where an output needs them, and writes the outputs after it. */
export async function withOutputs(
  { marked, units }: Outputs,
  source: OutputSource,
  run: (onProblem?: (problem: FoundProblem) => void) => Promise<ImportReport>,
): Promise<ImportReport> {
  if (marked === undefined && units === undefined) return run();
  const folder = await mkdtemp(join(tmpdir(), "gongkao-problems-"));
  try {
    const path = join(folder, "problems.ndjson");
    const problems = new ProblemFile(path);
    let report: ImportReport;
    try {
      report = await run(problems.add);
    } finally {
      problems.close();
    }
    const found = await readProblems(path);
    const { file, limitBytes, mapping } = source;
    if (marked !== undefined)
      await writeWhole(marked, markedWorkbook({ path: file, limitBytes, mapping, report, found }));
    if (units !== undefined) {
      await mkdir(units, { recursive: true });
      for await (const { name, bytes } of unitListFiles({ report, ...found }))
        await writeFile(join(units, name), bytes);
    }
    return report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
