import { AppError } from "../errors.ts";

/** Lets `limit` holders in at a time and keeps at most `maxWaiting` more in line. */
export class Gate {
  #free: number;
  readonly #line: (() => void)[] = [];

  constructor(
    private readonly limit: number,
    private readonly maxWaiting: number,
  ) {
    this.#free = limit;
  }

  /** No place is taken. */
  get isEmpty(): boolean {
    return this.#free === this.limit;
  }

  /**
   * Waits for a place and returns the function that gives it back.
   * @throws AppError `busy` when the line is full; the signal's reason when it is aborted first.
   */
  async enter(stop: AbortSignal): Promise<() => void> {
    stop.throwIfAborted();
    if (this.#free > 0) this.#free--;
    else await this.#wait(stop);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = this.#line.shift();
      if (next) next();
      else this.#free++;
    };
  }

  #wait(stop: AbortSignal): Promise<void> {
    if (this.#line.length >= this.maxWaiting) {
      throw new AppError("busy", {
        zh: "同时进行的查询过多，请稍后再试",
        en: "too many queries at the same time, try again in a moment",
      });
    }
    return new Promise((resolve, reject) => {
      const admit = () => {
        stop.removeEventListener("abort", abandon);
        resolve();
      };
      const abandon = () => {
        this.#line.splice(this.#line.indexOf(admit), 1);
        reject(stop.reason);
      };
      this.#line.push(admit);
      stop.addEventListener("abort", abandon, { once: true });
    });
  }
}

export interface LeaseOptions {
  readonly signal?: AbortSignal | undefined;
  /** Longest time to wait and run, milliseconds; `Infinity` for none. */
  readonly timeoutMs?: number | undefined;
}

/** Why a lease may have to end early. */
export interface StopSources {
  /** The caller no longer wants the result. */
  readonly signal?: AbortSignal | undefined;
  /** Longest time to wait and run, milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** The store is being closed. */
  readonly closing: AbortSignal;
}

/** One signal out of several sources, aborted with the AppError to answer with. Dispose it when the lease is over. */
export class Stop {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout | undefined;
  readonly signal = this.#controller.signal;

  constructor(private readonly sources: StopSources) {
    const { signal, timeoutMs, closing } = sources;
    if (timeoutMs !== undefined) this.#timer = setTimeout(this.#timeout, timeoutMs);
    signal?.addEventListener("abort", this.#cancel, { once: true });
    closing.addEventListener("abort", this.#close, { once: true });
    if (closing.aborted) this.#close();
    else if (signal?.aborted) this.#cancel();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.sources.signal?.removeEventListener("abort", this.#cancel);
    this.sources.closing.removeEventListener("abort", this.#close);
  }

  readonly #timeout = () => {
    const seconds = (this.sources.timeoutMs ?? 0) / 1000;
    this.#controller.abort(
      new AppError("timeout", {
        zh: `查询超过 ${seconds} 秒，已停止，请缩小范围`,
        en: `the query took longer than ${seconds} s and was stopped: narrow it down`,
      }),
    );
  };

  readonly #cancel = () => {
    this.#controller.abort(new AppError("cancelled", { zh: "查询已取消", en: "the query was cancelled" }));
  };

  readonly #close = () => {
    this.#controller.abort(new AppError("busy", { zh: "数据库正在关闭", en: "the database is being closed" }));
  };
}
