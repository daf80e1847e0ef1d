/** The thread's side of `read-apart.ts`: reads a file and sends its rows as they come, never far ahead of who takes them. */
import { parentPort, workerData } from "node:worker_threads";
import { AppError } from "../errors.ts";
import { type ReadOutcome, type ReadTask, type RowBatch, readRows } from "./read-rows.ts";
import type { FoundProblem } from "./report.ts";
import { type PackedRows, RowPacker } from "./row-pack.ts";
import type { WorkersByIdentity } from "./row-worker.ts";

/** What the thread is given. */
export interface ThreadTask extends ReadTask {
  /** Whether every problem is to be told, not only what the outcome lists. */
  readonly tellsProblems: boolean;
}

/** A batch as it is sent. */
export type PackedBatch = Omit<RowBatch, "rows"> & { readonly packed: PackedRows };

export type FromThread =
  | { readonly kind: "batch"; readonly batch: PackedBatch; readonly problems: readonly FoundProblem[] }
  | { readonly kind: "workers" }
  | { readonly kind: "done"; readonly outcome: ReadOutcome }
  | { readonly kind: "failed"; readonly error: Failure };

export type ToThread = { readonly kind: "taken" } | { readonly kind: "workers"; readonly workers: WorkersByIdentity };

/** An error as plain data. */
export type Failure = Pick<AppError, "code" | "text" | "details"> | { readonly message: string };

/** Batches on the way: one being taken and one waiting keep both threads busy. */
const mostAhead = 2;

const { tellsProblems, ...task } = workerData as ThreadTask;
const port = parentPort;
if (!port) throw new Error("not a thread");
const send = (message: FromThread) => port.postMessage(message);

let ahead = 0;
let goOn: (() => void) | undefined;
let answer: ((workers: WorkersByIdentity) => void) | undefined;
let problems: FoundProblem[] = [];

port.on("message", (message: ToThread) => {
  if (message.kind === "workers") answer?.(message.workers);
  else {
    ahead--;
    goOn?.();
  }
});

const packer = new RowPacker();

async function take({ rows, ...batch }: RowBatch): Promise<void> {
  while (ahead >= mostAhead) {
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
  }
  ahead++;
  send({ kind: "batch", batch: { ...batch, packed: packer.pack(rows, batch.columns.length) }, problems });
  problems = [];
}

function workers(): Promise<WorkersByIdentity> {
  return new Promise((resolve) => {
    answer = resolve;
    send({ kind: "workers" });
  });
}

try {
  const onProblem = tellsProblems ? (problem: FoundProblem) => void problems.push(problem) : undefined;
  send({ kind: "done", outcome: await readRows(task, { workers, take, onProblem }) });
} catch (error) {
  const failure =
    error instanceof AppError
      ? { code: error.code, text: error.text, details: error.details }
      : { message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  send({ kind: "failed", error: failure });
}
