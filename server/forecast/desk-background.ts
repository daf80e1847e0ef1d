/** Keeps the forecast of the newest data ready, and its past errors: after the start and after every publication, when nothing else is under way. */
import { dataVersion, type Store } from "../store/index.ts";
import type { ForecastDesks } from "./desk.ts";
import type { Backtests } from "./desk-backtests.ts";

export interface BackgroundParts {
  readonly store: Store;
  readonly desks: ForecastDesks;
  readonly backtests: Backtests;
  readonly onFailure: (error: unknown) => void;
  /** Quiet after a publication before the forecast is computed, milliseconds: imports come in rows. Default 2,000. */
  readonly forecastDelayMs?: number;
  /** The same before the backtest, which takes far longer. Default 20,000. */
  readonly backtestDelayMs?: number;
}

/** How often it is looked whether an import is over, milliseconds. */
const retryMs = 1_000;

export class ForecastBackground {
  readonly #timers = new Set<NodeJS.Timeout>();
  #silence: (() => void) | undefined;
  #seen: number | undefined;

  constructor(private readonly parts: BackgroundParts) {}

  /** Begins at once with the data on file, then follows what is published. */
  start(): void {
    const { store, forecastDelayMs = 2_000, backtestDelayMs = 20_000 } = this.parts;
    this.#silence = store.onWrite(() => {
      this.#clear();
      this.#after(forecastDelayMs, () => this.#look(backtestDelayMs));
    });
    this.#after(0, () => this.#look(0));
  }

  stop(): void {
    this.#silence?.();
    this.#silence = undefined;
    this.#clear();
  }

  #clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #after(ms: number, work: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work().catch((error: unknown) => {
        if (this.#silence) this.parts.onFailure(error);
      });
    }, ms);
    // The process may end.
    timer.unref();
    this.#timers.add(timer);
  }

  /** Not every write changes the data: a version is looked at until its backtest has been begun. */
  async #look(backtestDelayMs: number): Promise<void> {
    const { store, desks } = this.parts;
    const { version } = await store.read(dataVersion);
    if (version === this.#seen || !this.#silence) return;
    // An import goes first, and what it publishes would make the forecast out of date; it is looked at then.
    if (store.isStaging) {
      this.#after(retryMs, () => this.#look(backtestDelayMs));
      return;
    }
    const { state } = await desks.status();
    // Who cancelled it did not want the machine to work on.
    if (state === "cancelled" || (await desks.prepare()).state === "failed") {
      this.#seen = version;
      return;
    }
    await desks.idle();
    this.#after(backtestDelayMs, () => this.#backtest(version));
  }

  async #backtest(version: number): Promise<void> {
    const { store, desks, backtests } = this.parts;
    await desks.idle();
    if (store.isStaging) {
      this.#after(retryMs, () => this.#backtest(version));
      return;
    }
    this.#seen = version;
    if ((await desks.status()).state !== "cancelled") await backtests.prepare();
  }
}
