/** Imports that go on by themselves: one at a time, the others wait; how far each has come, and its end. */
import { randomUUID } from "node:crypto";
import { AppError } from "../errors.ts";
import type { GivenPlace } from "./given.ts";
import type { ImportOptions, ImportProgress } from "./load.ts";
import type { KeptProblems, ProblemFolder } from "./problem-file.ts";
import type { ImportReport, RosterKind } from "./report.ts";
import type { Uploads } from "./uploads.ts";

export interface JobRequest extends GivenPlace {
  /** Id of the uploaded file. */
  readonly upload: string;
  readonly kind: RosterKind;
  readonly year?: number | undefined;
  readonly sheet?: string | undefined;
  /** Heading as in the file → English name of the column. */
  readonly mapping?: Readonly<Record<string, string>> | undefined;
  readonly dryRun: boolean;
}

export type JobState = "waiting" | "running" | "done" | "failed" | "cancelled";

/** A job as it is now. Times are milliseconds since 1970. */
export interface ImportJob extends JobRequest {
  readonly id: string;
  readonly fileName: string;
  /** Name of the caller. */
  readonly who: string;
  readonly state: JobState;
  readonly phase: ImportProgress["phase"] | null;
  /** Rows read so far. */
  readonly rows: number;
  /** How many rows the file seems to hold, blank ones included; null before it was opened. */
  readonly rowsExpected: number | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly report: ImportReport | null;
  /** Why it failed. */
  readonly error: unknown;
}

/** Imports the file of a path. */
export type RunImport = (path: string, options: ImportOptions) => Promise<ImportReport>;

export interface JobParts {
  readonly uploads: Uploads;
  /** Every problem of every job that is done. */
  readonly problems: ProblemFolder;
  readonly run: RunImport;
  readonly now: () => number;
  /** Is told of every job that failed. */
  readonly onFailure: (error: unknown, job: ImportJob) => void;
}

/** What a job that is done leaves to work on. */
export interface DoneJob {
  readonly path: string;
  readonly report: ImportReport;
  readonly mapping: JobRequest["mapping"];
  readonly found: KeptProblems;
}

const notDone = (state: JobState): AppError =>
  state === "waiting" || state === "running"
    ? new AppError(
        "conflict",
        { zh: "检查或导入还没有结束，请等它结束后再下载", en: "the job has not ended yet: wait for its end" },
        { reason: "not-done", state },
      )
    : new AppError(
        "conflict",
        {
          zh: "这次检查或导入没有完成，没有可下载的结果，请重新检查",
          en: "the job did not complete, so there is nothing to download: check the file again",
        },
        { reason: "not-done", state },
      );

type Changing<T> = { -readonly [K in keyof T]: T[K] };
interface Entry {
  readonly job: Changing<ImportJob>;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** A finished job is remembered this long, in milliseconds. */
const jobAge = 24 * 3_600_000;
/** Reports can be long; of more finished jobs than these the oldest are forgotten. */
const mostFinished = 20;

const isOver = ({ state }: ImportJob) => state !== "waiting" && state !== "running";

/** Share of the whole that is done when a phase begins; the next value is its end. */
const phaseShares = { read: [0, 0.75], load: [0.75, 0.85], decide: [0.85, 1] } as const;

/** About how long a running job will take; null while it cannot be told. */
export function secondsLeft({ state, phase, rows, rowsExpected, startedAt }: ImportJob, now: number): number | null {
  if (state !== "running" || phase === null || startedAt === null || !rowsExpected) return null;
  const [from, to] = phaseShares[phase];
  const share = phase === "read" ? to * Math.min(1, rows / rowsExpected) : from;
  const seconds = (now - startedAt) / 1000;
  // The beginning of a file tells nothing yet.
  if (share < 0.02 || seconds < 0.5) return null;
  return Math.ceil((seconds * (1 - share)) / share);
}

export class ImportJobs {
  readonly #entries = new Map<string, Entry>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: JobParts) {}

  /** Milliseconds since 1970. */
  now(): number {
    return this.parts.now();
  }

  /** Takes an import on; it begins when those before it are over. Throws not-found when there is no such upload. */
  async start(request: JobRequest, who: string): Promise<ImportJob> {
    const { fileName } = await this.parts.uploads.find(request.upload);
    this.#forget();
    const stop = new AbortController();
    const job: Changing<ImportJob> = {
      ...request,
      id: randomUUID(),
      fileName,
      who,
      state: "waiting",
      phase: null,
      rows: 0,
      rowsExpected: null,
      createdAt: this.now(),
      startedAt: null,
      endedAt: null,
      report: null,
      error: null,
    };
    const ended = this.#process(job, stop.signal);
    this.#entries.set(job.id, { job, stop, ended });
    return job;
  }

  /** The jobs of a caller, newest first. */
  list(who: string): ImportJob[] {
    this.#forget();
    return [...this.#entries.values()].flatMap(({ job }) => (job.who === who ? [job] : [])).reverse();
  }

  /** Throws not-found; the job of another caller is none. */
  find(id: string, who: string): ImportJob {
    return this.#entry(id, who).job;
  }

  /**
   * Stops a job and answers when it has ended: nothing is written then, unless it was about to end anyway. One that is over stays as
   * it is. Throws not-found.
   */
  async cancel(id: string, who: string): Promise<ImportJob> {
    const { job, stop, ended } = this.#entry(id, who);
    if (!isOver(job)) stop.abort();
    await ended;
    return job;
  }

  /**
   * Calls `work` with the file of a job that is done and everything that was found in it; the file stays until then. Throws not-found,
   * also when the file was cleared, and conflict when the job is not done.
   */
  async withProblems<T>(id: string, who: string, work: (done: DoneJob) => Promise<T>): Promise<T> {
    const { job } = this.#entry(id, who);
    const { report, upload, mapping } = job;
    if (job.state !== "done" || !report) throw notDone(job.state);
    return await this.parts.uploads.use(upload, async ({ path }) =>
      work({ path, report, mapping, found: await this.parts.problems.read(id) }),
    );
  }

  #entry(id: string, who: string): Entry {
    this.#forget();
    const entry = this.#entries.get(id);
    if (entry?.job.who === who) return entry;
    throw new AppError(
      "not-found",
      {
        zh: "没有此导入任务，可能已过期或服务已重新启动",
        en: "no such import job: too old, or the server was restarted",
      },
      { property: "id", value: id },
    );
  }

  /** The file stays as long as the job waits and runs. */
  async #process(job: Changing<ImportJob>, signal: AbortSignal): Promise<void> {
    try {
      await this.parts.uploads.use(job.upload, async ({ path }) => {
        const leave = await this.#turn(signal);
        const problems = this.parts.problems.begin(job.id);
        try {
          job.state = "running";
          job.startedAt = this.now();
          job.report = await this.parts.run(path, { ...this.#options(job, signal), onProblem: problems.add });
        } finally {
          problems.close();
          leave();
        }
      });
      job.state = "done";
    } catch (error) {
      job.state = signal.aborted ? "cancelled" : "failed";
      if (!signal.aborted) {
        job.error = error;
        this.parts.onFailure(error, job);
      }
    }
    job.endedAt = this.now();
    job.phase = null;
    if (job.state !== "done") await this.parts.problems.drop(job.id);
  }

  #options(job: Changing<ImportJob>, signal: AbortSignal): ImportOptions {
    const { kind, year, unit, district, sheet, mapping, dryRun, fileName, who } = job;
    const onProgress = ({ phase, rows, total }: ImportProgress) => {
      job.phase = phase;
      if (phase === "read") job.rows = rows;
      if (total !== undefined) job.rowsExpected = total;
    };
    return { kind, year, unit, district, sheet, mapping, dryRun, fileName, who, signal, onProgress };
  }

  /** Waits until the jobs before are over; gives what ends this turn. Throws when the signal is aborted first. */
  async #turn(signal: AbortSignal): Promise<() => void> {
    const before = this.#last;
    let leave = () => {};
    const left = new Promise<void>((done) => {
      leave = done;
    });
    this.#last = before.then(() => left);
    try {
      await new Promise<void>((admit, refuse) => {
        signal.addEventListener("abort", () => refuse(signal.reason), { once: true });
        if (signal.aborted) refuse(signal.reason);
        void before.then(() => admit());
      });
    } catch (reason) {
      leave();
      throw reason;
    }
    return leave;
  }

  #forget(): void {
    const over = [...this.#entries.values()].filter(({ job }) => isOver(job));
    const until = this.now() - jobAge;
    over.forEach(({ job }, at) => {
      if ((job.endedAt ?? 0) > until && at >= over.length - mostFinished) return;
      this.#entries.delete(job.id);
      void this.parts.problems.drop(job.id);
    });
  }
}
