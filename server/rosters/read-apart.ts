/**
 * Reads a roster file in a thread of its own: whoever else is served waits for nothing but the rows that are taken over, and what
 * reading needed in memory goes with the thread before anything is written.
 */
import { Worker } from "node:worker_threads";
import { AppError } from "../errors.ts";
import type { ReadHooks, ReadOutcome, ReadTask } from "./read-rows.ts";
import type { Failure, FromThread, ThreadTask, ToThread } from "./read-worker.ts";
import { RowUnpacker } from "./row-pack.ts";

/** The keys of a million rows, which repeats are found by, take half of it. A small young heap is emptied before it grows. */
const resourceLimits = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 32 };

function errorOf(failure: Failure): Error {
  return "code" in failure
    ? new AppError(failure.code, failure.text, failure.details)
    : new Error(`the thread that reads rosters failed: ${failure.message}`);
}

const outOfMemory = (cause: unknown) =>
  new AppError(
    "too-large",
    {
      zh: "读取此文件需要的内存过多：请把它拆成几个文件，分别导入",
      en: "reading this file needs too much memory: split it and import the parts",
    },
    { reason: "out-of-memory" },
    { cause },
  );

/** As `readRows`, which see. */
export async function readRowsApart(task: ReadTask, hooks: ReadHooks, signal?: AbortSignal): Promise<ReadOutcome> {
  signal?.throwIfAborted();
  const workerData: ThreadTask = { ...task, tellsProblems: hooks.onProblem !== undefined };
  const worker = new Worker(new URL("./read-thread.mjs", import.meta.url), { workerData, resourceLimits });
  const tell = (message: ToThread) => worker.postMessage(message);
  const unpacker = new RowUnpacker();
  let stop: (() => void) | undefined;
  try {
    return await new Promise<ReadOutcome>((resolve, reject) => {
      const handle = async (message: FromThread): Promise<void> => {
        if (message.kind === "batch") {
          for (const problem of message.problems) hooks.onProblem?.(problem);
          const { packed, ...batch } = message.batch;
          await hooks.take({ ...batch, rows: unpacker.unpack(packed) });
          tell({ kind: "taken" });
        } else if (message.kind === "workers") tell({ kind: "workers", workers: await hooks.workers() });
        else if (message.kind === "done") resolve(message.outcome);
        else throw errorOf(message.error);
      };
      // One after the other: a batch is taken before the next, and before the end.
      let handled = Promise.resolve();
      worker.on("message", (message: FromThread) => {
        handled = handled.then(() => handle(message));
        handled.catch(reject);
      });
      worker.on("error", (error: NodeJS.ErrnoException) => {
        reject(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? outOfMemory(error) : error);
      });
      worker.on("exit", () => reject(new Error("the thread that reads rosters ended early")));
      stop = () => reject(signal?.reason);
      signal?.addEventListener("abort", stop, { once: true });
    });
  } finally {
    if (stop) signal?.removeEventListener("abort", stop);
    await worker.terminate();
  }
}
