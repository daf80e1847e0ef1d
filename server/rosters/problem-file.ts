/**
 * Every problem of an import on disk, one JSON object a line: what marked workbooks and the lists for the units are made from. The
 * report lists a bounded number; this file holds up to 200,000 errors and 200,000 warnings, cell by cell, and counts the rest.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { FoundProblem, Problem } from "./report.ts";

/** Errors kept, and as many warnings: one must not crowd out the other. */
export const mostKept = 200_000;
/** Characters gathered before they are written. */
const pieceLength = 65_536;

export interface KeptProblems {
  /** In the order they were found. */
  readonly problems: readonly FoundProblem[];
  /** Found, but beyond the bound. */
  readonly notKept: number;
}

/** Writes on the way of an import; a line is a few hundred bytes and never waited for. Call `close` at the end, however it came. */
export class ProblemFile {
  readonly #handle: number;
  readonly #kept: Record<Problem["severity"], number> = { error: 0, warning: 0 };
  #text = "";
  #notKept = 0;

  constructor(readonly path: string) {
    // Names and numbers of people stand in it.
    this.#handle = openSync(path, "w", 0o600);
  }

  readonly add = (problem: FoundProblem): void => {
    if (this.#kept[problem.severity] >= mostKept) {
      this.#notKept++;
      return;
    }
    this.#kept[problem.severity]++;
    this.#text += `${JSON.stringify(problem)}\n`;
    if (this.#text.length >= pieceLength) this.#flush();
  };

  close(): void {
    this.#text += `${JSON.stringify({ notKept: this.#notKept })}\n`;
    this.#flush();
    closeSync(this.#handle);
  }

  #flush(): void {
    writeSync(this.#handle, this.#text);
    this.#text = "";
  }
}

/** Reads a file that `ProblemFile` wrote and closed. */
export async function readProblems(path: string): Promise<KeptProblems> {
  const handle = await open(path);
  const problems: FoundProblem[] = [];
  const seen = new Map<string, string>();
  // Sheets, headings and sentences come again and again: one copy of each is enough.
  const once = (_key: string, value: unknown): unknown => {
    if (typeof value !== "string" || value.length > 200) return value;
    const known = seen.get(value);
    if (known !== undefined) return known;
    if (seen.size < 50_000) seen.set(value, value);
    return value;
  };
  let notKept = 0;
  try {
    for await (const line of createInterface({ input: handle.createReadStream({ autoClose: false }) })) {
      const found: FoundProblem | { readonly notKept: number } = JSON.parse(line, once);
      if ("notKept" in found) notKept = found.notKept;
      else problems.push(found);
    }
  } finally {
    await handle.close();
  }
  return { problems, notKept };
}

/** The problems of the jobs that are remembered; what an earlier process left behind is of no use. */
export class ProblemFolder {
  private constructor(private readonly folder: string) {}

  /** Makes the folder, or empties it. */
  static async open(folder: string): Promise<ProblemFolder> {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new ProblemFolder(folder);
  }

  /** `id` must be safe as a file name. */
  begin(id: string): ProblemFile {
    return new ProblemFile(this.#path(id));
  }

  read(id: string): Promise<KeptProblems> {
    return readProblems(this.#path(id));
  }

  drop(id: string): Promise<void> {
    return rm(this.#path(id), { force: true });
  }

  readonly #path = (id: string) => join(this.folder, `${id}.ndjson`);
}
