/** What action would bring, computed in the background on a kept forecast, batch by batch: others use the forecast meanwhile. Kept with it. */
import { AppError, keepsChanging, type Message } from "../errors.ts";
import type { Desk, DeskRequest, ForecastDesks, ForecastStatus } from "../forecast/desk.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import type { Connection } from "../store/index.ts";
import { type ActionPlan, planActions, runBatch } from "./actions.ts";

export interface ActionRunsParts {
  readonly library: RulebookLibrary;
  readonly desks: Pick<ForecastDesks, "with" | "status">;
  readonly onFailure?: (error: unknown) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

interface Job {
  readonly dataVersion: number;
  readonly stop: AbortController;
  readonly making: Promise<void>;
  startedAt: number;
  /** While the forecast itself is computed its share; then that of the actions. */
  onBase: boolean;
  share: number;
  state: "running" | "ready" | "failed";
  problem: Message | null;
}

/** The forecast was computed anew under the work. */
class Changed extends Error {}
const attempts = 5;
/** Share of the time that the forecast takes where it is not kept yet. */
const baseShare = 0.3;

export class ActionRuns {
  readonly #jobs = new Map<number, Job>();
  readonly #plans = new WeakMap<Desk, ActionPlan>();

  constructor(private readonly parts: ActionRunsParts) {}

  /** How far it is, like the status of the forecast it is computed on. Throws bad-input where there is no such roster. */
  async status(origin?: number): Promise<ForecastStatus> {
    return this.#status(await this.parts.desks.status(origin));
  }

  /** Begins to compute it unless that is done or under way; answers at once. Throws like `status`. */
  async prepare(origin?: number): Promise<ForecastStatus> {
    const base = await this.parts.desks.status(origin);
    if (base.origin !== 0) this.#begin(base);
    return this.#status(base);
  }

  /** Stops it if it is under way; nothing of it is kept. Throws like `status`. */
  async cancel(origin?: number): Promise<ForecastStatus> {
    const base = await this.parts.desks.status(origin);
    const job = this.#find(base);
    if (job?.state === "running") job.stop.abort();
    return this.#status(base);
  }

  /** Works on the forecast and what is computed on it, computing it first. Throws like `ForecastDesks.with`. */
  async with<T>(options: DeskRequest, work: (c: Connection, desk: Desk, plan: ActionPlan) => Promise<T>): Promise<T> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const base = await this.parts.desks.status(options.origin);
      const job = this.#begin(base);
      await job.making;
      const done = await this.parts.desks.with(options, async (c, desk) => {
        const plan = this.#plans.get(desk);
        return plan && { value: await work(c, desk, plan) };
      });
      if (done) return done.value;
      // The forecast was let go meanwhile.
      if (this.#jobs.get(base.origin) === job) this.#jobs.delete(base.origin);
    }
    throw keepsChanging();
  }

  #find({ origin, dataVersion }: ForecastStatus): Job | undefined {
    const job = this.#jobs.get(origin);
    return job?.dataVersion === dataVersion ? job : undefined;
  }

  #begin(base: ForecastStatus): Job {
    const known = this.#find(base);
    const isKept = base.state === "ready" || known?.state === "running";
    if (known && known.state !== "failed" && !known.stop.signal.aborted && isKept) return known;
    known?.stop.abort();
    const { onFailure } = this.parts;
    const stop = new AbortController();
    const making = Promise.resolve().then(() => this.#make(job, base.origin));
    const job: Job = {
      ...{ dataVersion: base.dataVersion, stop, making, startedAt: this.#now() },
      ...{ onBase: base.state !== "ready", share: 0, state: "running", problem: null },
    };
    this.#jobs.set(base.origin, job);
    making.then(
      () => {
        job.state = "ready";
      },
      (error: unknown) => {
        if (stop.signal.aborted) return;
        job.state = "failed";
        const isTold = error instanceof AppError && error.status < 500;
        job.problem = isTold
          ? error.text
          : { zh: "计算失败，详情见服务日志", en: "it failed; the log of the server says why" };
        if (!isTold) onFailure?.(error);
      },
    );
    return job;
  }

  async #make(job: Job, origin: number): Promise<void> {
    const { desks, library } = this.parts;
    const { signal } = job.stop;
    const from = job.onBase ? baseShare : 0;
    const onProgress = ({ share }: { readonly share: number }) => {
      if (job.onBase) job.share = baseShare * share;
    };
    for (let attempt = 0; attempt < attempts; attempt++) {
      const begun = await desks.with({ origin, signal, onProgress }, async (c, desk) => {
        const plan = this.#plans.get(desk) ?? (await planActions(c, library, desk));
        return { desk, plan, isDone: this.#plans.has(desk) };
      });
      job.onBase = false;
      if (begun.isDone) return;
      const { desk, plan } = begun;
      try {
        for (const [index, batch] of plan.batches.entries()) {
          job.share = from + ((1 - from) * index) / plan.batches.length;
          await desks.with({ origin, signal }, async (c, now) => {
            if (now !== desk) throw new Changed();
            await runBatch(c, now, plan, batch, signal);
          });
        }
        this.#plans.set(desk, plan);
        return;
      } catch (error) {
        await this.#drop(desk, plan);
        if (!(error instanceof Changed)) throw error;
      }
    }
    throw keepsChanging();
  }

  /** Where its forecast is still there the cells go at once, otherwise with it. */
  async #drop({ origin }: Desk, { extra }: ActionPlan): Promise<void> {
    const { desks } = this.parts;
    const base = await desks.status(origin).catch(() => undefined);
    if (base?.state === "ready")
      await desks.with({ origin }, (c) => c.run(`DROP TABLE IF EXISTS ${extra.cells}`)).catch(() => undefined);
  }

  #status(base: ForecastStatus): ForecastStatus {
    const job = this.#find(base);
    const at = { ...base, phase: null, examYear: null, secondsLeft: null, problem: null };
    if (base.origin === 0) return base;
    if (!job || (job.state === "ready" && base.state !== "ready")) return { ...at, state: "absent", share: 0 };
    if (job.stop.signal.aborted) return { ...at, state: "cancelled", share: 0 };
    if (job.state !== "running")
      return { ...at, state: job.state, share: job.state === "ready" ? 1 : 0, problem: job.problem };
    const elapsed = this.#now() - job.startedAt;
    const secondsLeft = job.share > 0.05 ? Math.ceil((elapsed * (1 - job.share)) / job.share / 1000) : null;
    const during = job.onBase ? { phase: base.phase, examYear: base.examYear } : { phase: "rows" as const };
    return { ...at, state: "running", ...during, share: job.share, secondsLeft };
  }

  #now(): number {
    return (this.parts.now ?? Date.now)();
  }
}
