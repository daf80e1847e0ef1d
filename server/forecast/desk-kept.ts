/** One kept forecast: computed once on a held connection, then worked on as often as is asked, one piece of work at a time. */
import { AppError, type Message } from "../errors.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import { type Connection, dataVersion, type Hold, type Store } from "../store/index.ts";
import type { Desk, ForecastProgress, ForecastStatus, Ground } from "./desk-types.ts";
import { fitForecast } from "./fit.ts";
import { simulate } from "./simulate.ts";
import type { Fit, Run } from "./types.ts";

/** Share of the time that learning takes, about. */
const learning = 0.45;
const forecastYears = 5;
/** Before this share is done nothing is said of the time left. */
const earliestGuess = 0.1;

export interface KeptParts {
  readonly store: Store;
  readonly library: RulebookLibrary;
  /** Waits until nothing else is being computed; gives what ends this turn. */
  readonly turn: (signal: AbortSignal) => Promise<() => void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Is told why it could not be computed. */
  readonly onFailure: (error: unknown) => void;
  /** How long the forecast before took, milliseconds. */
  readonly usual: number | undefined;
}

/** The data changed, or nobody wanted it any more, before it was computed. */
export class Dropped extends Error {}

const cancelled = () => new AppError("cancelled", { zh: "预测已取消", en: "the forecast was cancelled" });

const problemOf = (error: unknown): Message =>
  error instanceof AppError && error.status < 500
    ? error.text
    : { zh: "预测失败，详情见服务日志", en: "the forecast failed; the log of the server says why" };

export class KeptDesk {
  /** Resolves when it is ready; rejects with `Dropped` or with why it failed. */
  readonly built: Promise<Desk>;
  #state: "running" | "ready" | "failed" | "cancelled" = "running";
  #progress: ForecastProgress = { phase: "learn", examYear: null, share: 0 };
  #startedAt: number;
  #tookMs: number | undefined;
  #problem: Message | null = null;
  #desk: Desk | undefined;
  #hold: Hold | undefined;
  #users = 0;
  #dropped = false;
  readonly #stop = new AbortController();
  readonly #watchers = new Set<(progress: ForecastProgress) => void>();

  constructor(
    readonly ground: Ground,
    private readonly parts: KeptParts,
  ) {
    this.#startedAt = parts.now();
    this.built = this.#build();
    // Whoever waits for it hears of its failure.
    this.built.catch(() => undefined);
  }

  /** It failed or was cancelled: who wants it begins anew. */
  get isOver(): boolean {
    return this.#state === "failed" || this.#state === "cancelled";
  }

  get isDropped(): boolean {
    return this.#dropped;
  }

  get isUsed(): boolean {
    return this.#users > 0;
  }

  /** How long it took, milliseconds; undefined until it is ready. */
  get tookMs(): number | undefined {
    return this.#tookMs;
  }

  status(): ForecastStatus {
    const { origin, dataVersion: version } = this.ground;
    const running = this.#state === "running";
    return {
      state: this.#state,
      origin,
      dataVersion: version,
      phase: running ? this.#progress.phase : null,
      examYear: running ? this.#progress.examYear : null,
      share: this.#state === "ready" ? 1 : this.#state === "cancelled" ? 0 : this.#progress.share,
      secondsLeft: running ? this.#secondsLeft() : null,
      problem: this.#problem,
      basis: this.#desk?.base.basis ?? [],
    };
  }

  /** Says that somebody waits for it or works on it, until the function it gives back is called. */
  enter(onProgress?: (progress: ForecastProgress) => void): () => void {
    this.#users++;
    if (onProgress) {
      this.#watchers.add(onProgress);
      onProgress(this.#progress);
    }
    return () => {
      this.#users--;
      if (onProgress) this.#watchers.delete(onProgress);
      // Nobody waits any more for what is not there yet; what is there is kept until it is let go.
      if (this.#users === 0 && (this.#dropped || this.#state === "running")) void this.drop();
    };
  }

  /** Waits until it is ready, or the signal is aborted. Throws `Dropped`, cancelled, or why it failed. */
  async ready(signal: AbortSignal | undefined): Promise<Desk> {
    if (!signal) return this.built;
    if (signal.aborted) throw cancelled();
    let abandon = () => {};
    const gone = new Promise<never>((_, refuse) => {
      abandon = () => refuse(cancelled());
      signal.addEventListener("abort", abandon, { once: true });
    });
    try {
      return await Promise.race([this.built, gone]);
    } finally {
      signal.removeEventListener("abort", abandon);
    }
  }

  /** Works on it when it is ready, in one transaction; what was asked for earlier comes first. */
  use<T>(work: (c: Connection) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    if (!this.#hold) throw new Dropped();
    return this.#hold.use(work, { signal, timeoutMs: Number.POSITIVE_INFINITY });
  }

  /** Stops a computation on somebody's word: who waits for it hears so. What is there already stays. */
  cancel(): void {
    if (this.#state !== "running") return;
    this.#state = "cancelled";
    this.#stop.abort();
  }

  /** Ends it: a computation is stopped at once, work is let finish. */
  async drop(): Promise<void> {
    this.#dropped = true;
    if (this.#state === "running") this.#stop.abort();
    else if (this.#users === 0) await this.#hold?.release();
  }

  async #build(): Promise<Desk> {
    const { store, turn, now } = this.parts;
    try {
      const leave = await turn(this.#stop.signal);
      try {
        this.#startedAt = now();
        const held = await store.hold();
        this.#hold = held;
        const options = { signal: this.#stop.signal, timeoutMs: Number.POSITIVE_INFINITY };
        // In two steps, each of the same data version: the memory of dropped tables is free only after a step.
        const fit = await held.use((c) => this.#learn(c), options);
        const base = await held.use((c) => this.#simulate(c, fit), options);
        const { origin, dataVersion: version } = this.ground;
        this.#desk = { origin, dataVersion: version, fit, base };
      } finally {
        leave();
      }
      if (this.#stop.signal.aborted) throw new Dropped();
      this.#tookMs = now() - this.#startedAt;
      this.#state = "ready";
      return this.#desk;
    } catch (error) {
      const reason = this.#reasonOf(error);
      await this.#hold?.release();
      throw reason;
    }
  }

  /** Why it ended without a forecast, noted. */
  #reasonOf(error: unknown): unknown {
    if (this.#state === "cancelled") return cancelled();
    this.#state = "failed";
    const reason = this.#stop.signal.aborted ? new Dropped() : error;
    this.#problem = problemOf(reason);
    if (!(reason instanceof Dropped)) this.parts.onFailure(reason);
    return reason;
  }

  /** Throws `Dropped` when the data has changed. */
  async #checkVersion(c: Connection): Promise<void> {
    const { version } = await dataVersion(c);
    if (version !== this.ground.dataVersion) throw new Dropped();
  }

  async #learn(c: Connection): Promise<Fit> {
    const { library } = this.parts;
    const { origin, newest } = this.ground;
    await this.#checkVersion(c);
    // In retrospect, what was announced later was not known.
    const rulebooksUntil = origin < newest ? origin : undefined;
    this.#report({ phase: "learn", examYear: null, share: 0 });
    return fitForecast(c, {
      origin,
      library,
      rulebooksUntil,
      onProgress: (share) => this.#report({ phase: "learn", examYear: null, share: learning * share }),
    });
  }

  async #simulate(c: Connection, fit: Fit): Promise<Run> {
    const { origin } = this.ground;
    await this.#checkVersion(c);
    return simulate(c, fit, {
      to: origin + forecastYears,
      people: true,
      onProgress: (examYear, share) =>
        this.#report({ phase: "year", examYear, share: learning + (1 - learning) * share }),
    });
  }

  #report(progress: ForecastProgress): void {
    this.#progress = { ...progress, share: Math.min(1, progress.share) };
    for (const watcher of this.#watchers) watcher(this.#progress);
  }

  #secondsLeft(): number | null {
    const elapsed = this.parts.now() - this.#startedAt;
    const { usual = 0 } = this.parts;
    const { share } = this.#progress;
    const byShare = share >= earliestGuess ? (elapsed * (1 - share)) / share : undefined;
    const left = usual > elapsed ? usual - elapsed : byShare;
    return left === undefined ? null : Math.ceil(left / 1000);
  }
}
