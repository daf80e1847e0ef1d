/**
 * Forecasts that are kept: each is computed once for an origin and a data version, and held with its temporary tables on a connection
 * of its own, so that any grouping of it, and any scenario beside it, needs only what is new. Pages and imports never wait for it.
 */
import { AppError, badInput, keepsChanging } from "../errors.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import { type Connection, dataVersion, type Store } from "../store/index.ts";
import { Dropped, KeptDesk } from "./desk-kept.ts";
import type { Desk, ForecastProgress, ForecastStatus, Ground } from "./desk-types.ts";

export type { Desk, ForecastPhase, ForecastProgress, ForecastStatus } from "./desk-types.ts";

/** Forecasts kept at a time. Their tables are in the memory of the database, or in its temporary folder where that is short. */
const keptOrigins = 3;
/** How often work begins anew because the data changed under it. */
const attempts = 5;

export interface DeskRequest {
  /** Roster year to forecast from; default: the newest. */
  readonly origin?: number | undefined;
  /** Gives up waiting and working; a forecast that nobody waits for any more is stopped. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ForecastProgress) => void) | undefined;
}

export interface DesksParts {
  readonly store: Store;
  /** Rulebooks do not change while the server runs; a new library means new desks. */
  readonly library: RulebookLibrary;
  /** Is told of every forecast that could not be computed. */
  readonly onFailure?: (error: unknown) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** The data changed while the forecast was waited for. */
const changed = Symbol("changed");

export class ForecastDesks {
  /** By origin, the one used last at the end. */
  readonly #kept = new Map<number, KeptDesk>();
  #last: Promise<unknown> = Promise.resolve();
  #usual: number | undefined;
  #isClosed = false;

  constructor(private readonly parts: DesksParts) {}

  /**
   * Calls `work` on the forecast of the present data, computing it first where it is not kept. `work` may read the data and write temporary
   * tables on `c`, all in one transaction of the desk's data version; what it leaves stays until the desk is let go. Throws bad-input
   * where there is no such roster or none at all; cancelled; busy when the data keeps changing or the store is being closed.
   */
  async with<T>(options: DeskRequest, work: (c: Connection, desk: Desk) => Promise<T>): Promise<T> {
    const { signal, onProgress } = options;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const ground = await this.#ground(options.origin, signal);
      const kept = this.#keep(ground);
      const leave = kept.enter(onProgress);
      try {
        const desk = await kept.ready(signal);
        const done = await kept.use(async (c) => {
          if ((await dataVersion(c)).version !== desk.dataVersion) return changed;
          return { value: await work(c, desk) };
        }, signal);
        if (done !== changed) return done.value;
      } catch (error) {
        if (!(error instanceof Dropped)) throw error;
      } finally {
        leave();
      }
    }
    throw keepsChanging();
  }

  /** How far the forecast of an origin is. Throws bad-input where there is no such roster; with no roster at all it says so. */
  async status(origin?: number): Promise<ForecastStatus> {
    const ground = await this.#groundOrProblem(origin);
    return "state" in ground ? ground : (this.#find(ground)?.status() ?? absent(ground));
  }

  /** Begins to compute the forecast unless that is done or under way; answers at once. Throws like `status`. */
  async prepare(origin?: number): Promise<ForecastStatus> {
    const ground = await this.#groundOrProblem(origin);
    if ("state" in ground) return ground;
    const kept = this.#keep(ground);
    const leave = kept.enter();
    kept.built.then(leave, leave);
    return kept.status();
  }

  /** Stops the forecast if it is being computed; who waits for it is told, and it is begun again only when it is asked for. Throws like `status`. */
  async cancel(origin?: number): Promise<ForecastStatus> {
    const ground = await this.#groundOrProblem(origin);
    if ("state" in ground) return ground;
    const kept = this.#find(ground);
    kept?.cancel();
    return kept?.status() ?? absent(ground);
  }

  /** Resolves when nothing is being computed. */
  async idle(): Promise<void> {
    for (let last: unknown; last !== this.#last; ) {
      last = this.#last;
      await last;
    }
  }

  /** Lets everything go; what runs is stopped. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#kept.values()].map((kept) => kept.drop()));
    this.#kept.clear();
  }

  /** Where a forecast of the present data begins. */
  #ground(origin: number | undefined, signal?: AbortSignal): Promise<Ground> {
    return this.parts.store.read(
      async (c) => {
        const { version } = await dataVersion(c);
        const rows = await c.rows<{ year: number }>(
          `SELECT DISTINCT "rosterYear"::INTEGER AS year FROM workers ORDER BY 1`,
        );
        const years = rows.map(({ year }) => year);
        const newest = years.at(-1);
        if (newest === undefined)
          throw badInput("尚未导入人员名册", "there is no roster yet", { property: "origin", value: null });
        if (origin !== undefined && !years.includes(origin))
          throw badInput(
            `没有 ${origin} 年的人员名册，不能以该年为预测起点（可用：${years.join("、")}）`,
            `no roster of ${origin} to forecast from (expected one of ${years.join(", ")})`,
            { property: "origin", value: origin, allowed: years },
          );
        return { origin: origin ?? newest, newest, dataVersion: version };
      },
      { signal },
    );
  }

  /** Like `#ground`; with no roster at all a status that says so. */
  async #groundOrProblem(origin: number | undefined): Promise<Ground | ForecastStatus> {
    try {
      return await this.#ground(origin);
    } catch (error) {
      if (!(error instanceof AppError) || error.details.value !== null) throw error;
      const { version } = await this.parts.store.read(dataVersion);
      return { ...absent({ origin: 0, newest: 0, dataVersion: version }), state: "failed", problem: error.text };
    }
  }

  #find({ origin, dataVersion: version }: Ground): KeptDesk | undefined {
    const kept = this.#kept.get(origin);
    return kept && kept.ground.dataVersion === version && !kept.isDropped ? kept : undefined;
  }

  /** The desk, newly begun where there is none; the others of older data, and the one used longest ago of too many, are let go. */
  #keep(ground: Ground): KeptDesk {
    if (this.#isClosed) throw new AppError("busy", { zh: "服务正在停止", en: "the server is stopping" });
    for (const [origin, old] of this.#kept) {
      if (old.ground.dataVersion < ground.dataVersion) this.#letGo(origin, old);
    }
    const known = this.#find(ground);
    const kept = known && !known.isOver ? known : this.#begin(ground);
    this.#kept.delete(ground.origin);
    this.#kept.set(ground.origin, kept);
    const free = [...this.#kept].filter(([origin, one]) => origin !== ground.newest && one !== kept && !one.isUsed);
    for (const [origin, one] of free.slice(0, Math.max(0, this.#kept.size - keptOrigins))) this.#letGo(origin, one);
    return kept;
  }

  #begin(ground: Ground): KeptDesk {
    const { store, library, onFailure = () => undefined, now = Date.now } = this.parts;
    const kept = new KeptDesk(ground, {
      store,
      library,
      now,
      onFailure,
      usual: this.#usual,
      turn: (signal) => this.#turn(signal),
    });
    kept.built.then(
      () => {
        this.#usual = kept.tookMs;
      },
      () => undefined,
    );
    return kept;
  }

  #letGo(origin: number, kept: KeptDesk): void {
    this.#kept.delete(origin);
    void kept.drop();
  }

  /** One is computed at a time. Gives what ends the turn. */
  async #turn(signal: AbortSignal): Promise<() => void> {
    const before = this.#last;
    let leave = () => {};
    const left = new Promise<void>((done) => {
      leave = done;
    });
    this.#last = before.then(() => left);
    await before;
    if (!signal.aborted) return leave;
    leave();
    throw new Dropped();
  }
}

const absent = ({ origin, dataVersion: version }: Ground): ForecastStatus => ({
  state: "absent",
  origin,
  dataVersion: version,
  phase: null,
  examYear: null,
  share: 0,
  secondsLeft: null,
  problem: null,
  basis: [],
});
