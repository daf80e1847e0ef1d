/** Backtests made in the background: one at a time, behind the forecasts that somebody waits for; how far each is. */
import { AppError, type Message } from "../errors.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import type { Store } from "../store/index.ts";
import { type FoundBacktest, findBacktest, type KeptBacktest, keepBacktest } from "./backtest-store.ts";
import type { ForecastStatus } from "./desk-types.ts";

export interface BacktestsParts {
  readonly store: Store;
  readonly library: RulebookLibrary;
  /** Resolves when no forecast is being computed. */
  readonly idle: () => Promise<void>;
  /** Is told of every backtest that failed. */
  readonly onFailure?: (error: unknown) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export interface BacktestAsked {
  /** Roster years; default: every one there can be. */
  readonly origins?: readonly number[] | undefined;
  /** Exam years ahead, 1 … 5. Default 5. */
  readonly horizon?: number | undefined;
}

/** Like the status of a forecast; `examYear` is the first one forecast from the origin at hand. */
export interface BacktestStatus extends ForecastStatus {
  readonly origins: readonly number[];
  readonly horizon: number;
}

interface Job {
  readonly making: Promise<KeptBacktest>;
  readonly stop: AbortController;
  startedAt: number;
  /** Origins done, parts of one as a fraction. */
  done: number;
  problem: Message | null;
}

const tooShort: Message = {
  zh: "历史太短，无法检验：至少需要两个考评年度的申报，以及其后一年的人员名册和申报",
  en: "the history is too short to test on: two exam years with applications, and a roster and applications of the year after, are needed",
};

export class Backtests {
  readonly #jobs = new Map<string, Job>();
  readonly #closing = new AbortController();
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: BacktestsParts) {}

  /** How far the backtest is. Throws bad-input on an origin that cannot be one. */
  async status(asked: BacktestAsked = {}): Promise<BacktestStatus> {
    return this.#status(await this.#find(asked));
  }

  /** Begins it unless it is on file or under way; answers at once. Throws like `status`. */
  async prepare(asked: BacktestAsked = {}): Promise<BacktestStatus> {
    const found = await this.#find(asked);
    if (found.run === undefined && found.origins.length > 0) this.#begin(asked, found);
    return this.#status(found);
  }

  /** The run, made now unless it is on file. Throws bad-input on an origin that cannot be one. */
  async keep(asked: BacktestAsked): Promise<KeptBacktest> {
    const found = await this.#find(asked);
    const { run, origins, horizon } = found;
    return run === undefined ? this.#begin(asked, found).making : { run, origins, horizon };
  }

  /** Stops the backtest if it is being made; nothing of it is kept, and it is begun again only when it is asked for. Throws like `status`. */
  async cancel(asked: BacktestAsked = {}): Promise<BacktestStatus> {
    const found = await this.#find(asked);
    this.#jobs.get(keyOf(found))?.stop.abort();
    return this.#status(found);
  }

  /** Stops what runs. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled([...this.#jobs.values()].map(({ making }) => making));
  }

  #find(asked: BacktestAsked): Promise<FoundBacktest> {
    return findBacktest(this.parts.store, this.parts.library, asked);
  }

  #begin(asked: BacktestAsked, found: FoundBacktest): Job {
    const key = keyOf(found);
    const known = this.#jobs.get(key);
    if (known && known.problem === null && !known.stop.signal.aborted) return known;
    const { store, library, idle, onFailure, now = Date.now } = this.parts;
    const before = this.#last;
    const stop = new AbortController();
    const making = before.then(() => {
      job.startedAt = now();
      return keepBacktest(store, library, {
        ...asked,
        signal: AbortSignal.any([this.#closing.signal, stop.signal]),
        pause: idle,
        onShare: (done) => {
          job.done = done;
        },
      });
    });
    const job: Job = { making, stop, startedAt: now(), done: 0, problem: null };
    this.#last = making.then(
      () => {
        if (this.#jobs.get(key) === job) this.#jobs.delete(key);
      },
      (error: unknown) => {
        if (stop.signal.aborted) return;
        job.problem = problemOf(error);
        if (!this.#closing.signal.aborted) onFailure?.(error);
      },
    );
    this.#jobs.set(key, job);
    return job;
  }

  #status(found: FoundBacktest): BacktestStatus {
    const { dataVersion, origins, horizon, run } = found;
    const { now = Date.now } = this.parts;
    const job = run === undefined ? this.#jobs.get(keyOf(found)) : undefined;
    const cancelled = job?.stop.signal.aborted === true;
    const done = cancelled ? 0 : (job?.done ?? 0);
    const share = run === undefined ? done / Math.max(1, origins.length) : 1;
    const problem = origins.length === 0 ? tooShort : (job?.problem ?? null);
    const running = job !== undefined && problem === null && !cancelled;
    const elapsed = job ? now() - job.startedAt : 0;
    return {
      state: stateOf({ problem, run, running, cancelled }),
      origin: origins.at(-1) ?? 0,
      dataVersion,
      phase: running ? "year" : null,
      examYear: running ? (origins[Math.min(Math.floor(done), origins.length - 1)] ?? 0) + 1 : null,
      share,
      secondsLeft: running && done > 0 ? Math.ceil((elapsed * (1 - share)) / share / 1000) : null,
      problem,
      basis: [],
      origins,
      horizon,
    };
  }
}

const stateOf = (it: {
  readonly problem: Message | null;
  readonly run: number | undefined;
  readonly running: boolean;
  readonly cancelled: boolean;
}): BacktestStatus["state"] => {
  if (it.problem) return "failed";
  if (it.run !== undefined) return "ready";
  if (it.cancelled) return "cancelled";
  return it.running ? "running" : "absent";
};

const keyOf = ({ fingerprint, origins, horizon }: FoundBacktest) => `${fingerprint} ${origins.join()} ${horizon}`;

const problemOf = (error: unknown): Message =>
  error instanceof AppError && error.status < 500
    ? error.text
    : { zh: "检验失败，详情见服务日志", en: "the backtest failed; the log of the server says why" };
