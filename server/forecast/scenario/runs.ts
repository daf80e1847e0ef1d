/** Scenarios that are computed by themselves: how far each has come, its end, and the newest results while their data holds. */
import { randomUUID } from "node:crypto";
import { AppError, badInput, type Message } from "../../errors.ts";
import type { RulebookLibrary } from "../../rules/rulebook.ts";
import { type Connection, dataVersion, type Store } from "../../store/index.ts";
import type { Desk, ForecastDesks } from "../desk.ts";
import { simulate } from "../simulate.ts";
import type { Assumptions, Run } from "../types.ts";
import { applyChanges } from "./apply.ts";
import type { Change } from "./changes.ts";
import { compareRuns } from "./compare.ts";
import { groundOf, settingOf } from "./ground.ts";
import type { Compared } from "./rows.ts";

export type RunState = "waiting" | "running" | "done" | "failed" | "cancelled";

/** A run as it is now. */
export interface ScenarioRun {
  readonly id: string;
  readonly state: RunState;
  /** base: the forecast itself is computed first. year: an exam year of the scenario. rows: set beside the base. */
  readonly phase: "base" | "year" | "rows" | null;
  readonly examYear: number | null;
  /** Share 0…1 of the whole that is done. */
  readonly share: number;
  readonly secondsLeft: number | null;
  readonly changes: readonly Change[];
  /** Id of the scenario it was started from. */
  readonly scenario: string | null;
  readonly origin: number;
  readonly dataVersion: number;
  readonly problem: Message | null;
}

export interface RunRequest {
  readonly changes: readonly Change[];
  readonly scenario?: string | undefined;
  readonly origin?: number | undefined;
}

/** What a computed scenario left on the connection of a desk. */
export interface Result {
  readonly desk: Desk;
  readonly run: Run;
  readonly compared: Compared;
}

type Changing<T> = { -readonly [K in keyof T]: T[K] };
interface Entry {
  readonly run: Changing<Omit<ScenarioRun, "secondsLeft">>;
  readonly assumptions: Assumptions;
  /** Which changes of which data. */
  readonly key: string;
  readonly stop: AbortController;
  startedAt: number;
  ended: Promise<void>;
  result: Result | undefined;
}

export interface RunsParts {
  readonly store: Store;
  readonly library: RulebookLibrary;
  readonly desks: Pick<ForecastDesks, "with" | "status">;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Is told why a run failed. */
  readonly onFailure?: (error: unknown) => void;
}

/** Results kept, and runs remembered. */
const keptResults = 6;
const remembered = 50;
/** Share of the time that the base takes where it is not kept yet. */
const baseShare = 0.6;
let tables = 0;

const isOver = ({ state }: { readonly state: RunState }) => state !== "waiting" && state !== "running";

export class ScenarioRuns {
  readonly #entries = new Map<string, Entry>();

  constructor(private readonly parts: RunsParts) {}

  /** Takes a run on; the same changes of the same data are computed once. Throws bad-input for changes that cannot be. */
  async start(request: RunRequest): Promise<ScenarioRun> {
    const { store, library } = this.parts;
    const { assumptions, origin, version } = await store.read(async (c) => {
      const ground = await groundOf(c, library, request.origin);
      const applied = applyChanges(settingOf(ground), request.changes);
      const [fault] = applied.faults;
      if (fault) throw badInput(fault.text.zh, fault.text.en, { property: "changes", change: fault.change });
      return { assumptions: applied.assumptions, origin: ground.origin, version: (await dataVersion(c)).version };
    });
    const key = JSON.stringify([version, origin, request.changes]);
    const same = [...this.#entries.values()].find(
      (one) => one.key === key && (one.run.state === "done" || !isOver(one.run)),
    );
    if (same) {
      same.run.scenario = request.scenario ?? same.run.scenario;
      return this.#told(same);
    }
    const entry: Entry = {
      run: {
        id: randomUUID(),
        state: "waiting",
        phase: null,
        examYear: null,
        share: 0,
        changes: request.changes,
        scenario: request.scenario ?? null,
        origin,
        dataVersion: version,
        problem: null,
      },
      assumptions,
      key,
      stop: new AbortController(),
      startedAt: this.#now(),
      ended: Promise.resolve(),
      result: undefined,
    };
    this.#entries.set(entry.run.id, entry);
    this.#forget();
    entry.ended = this.#run(entry);
    return this.#told(entry);
  }

  /** Throws not-found. */
  get(id: string): ScenarioRun {
    return this.#told(this.#find(id));
  }

  /** Stops a run; of one that is over nothing changes. Throws not-found. */
  async cancel(id: string): Promise<ScenarioRun> {
    const entry = this.#find(id);
    if (!isOver(entry.run)) {
      entry.run.state = "cancelled";
      entry.stop.abort();
      await entry.ended;
    }
    return this.#told(entry);
  }

  /** Waits for the end of a run. Throws not-found. */
  async ended(id: string): Promise<ScenarioRun> {
    const entry = this.#find(id);
    await entry.ended;
    return this.#told(entry);
  }

  /**
   * Works on the result of a run that is done; where its desk was let go meanwhile it is computed again. Throws not-found, and conflict
   * where it is not done or the data has changed since.
   */
  async with<T>(id: string, work: (c: Connection, result: Result) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const entry = this.#find(id);
    const { state, origin, problem } = entry.run;
    if (state !== "done") throw notDone(state, problem);
    return this.parts.desks.with({ origin, signal }, async (c, desk) => {
      if (desk.dataVersion !== entry.run.dataVersion) throw outdated();
      if (entry.result?.desk !== desk) entry.result = await this.#compute(c, desk, entry);
      return work(c, entry.result);
    });
  }

  async #run(entry: Entry): Promise<void> {
    const { run, stop } = entry;
    const { desks } = this.parts;
    try {
      const isReady = (await desks.status(run.origin)).state === "ready";
      const onProgress = ({ share }: { readonly share: number }) => {
        if (isReady || run.phase === "year" || run.state === "cancelled") return;
        Object.assign(run, { state: "running", phase: "base", share: baseShare * share });
      };
      await desks.with({ origin: run.origin, signal: stop.signal, onProgress }, async (c, desk) => {
        if (isReady) entry.startedAt = this.#now();
        run.dataVersion = desk.dataVersion;
        run.state = "running";
        entry.result = await this.#compute(c, desk, entry, isReady ? 0 : baseShare);
        await this.#dropOldest(c, desk);
      });
      Object.assign(run, { state: "done", phase: null, examYear: null, share: 1 });
    } catch (error) {
      if (stop.signal.aborted) run.state = "cancelled";
      else {
        run.state = "failed";
        const isTold = error instanceof AppError && error.status < 500;
        run.problem = isTold
          ? error.text
          : { zh: "推演失败，详情见服务日志", en: "the run failed; the log of the server says why" };
        if (!isTold) this.parts.onFailure?.(error);
      }
      Object.assign(run, { phase: null, examYear: null });
    }
  }

  /** `from`: the share that was done before. */
  async #compute(c: Connection, desk: Desk, entry: Entry, from = 0): Promise<Result> {
    const { run: told, assumptions, stop } = entry;
    const { fit, base } = desk;
    const signal = isOver(told) ? undefined : stop.signal;
    const report = (phase: "year" | "rows", examYear: number | null, done: number) => {
      if (!isOver(told)) Object.assign(told, { phase, examYear, share: from + (1 - from) * done });
    };
    report("year", base.from, 0);
    const run = await simulate(c, fit, {
      openings: base.openings,
      from: base.from,
      to: base.to,
      assumptions,
      people: true,
      signal,
      onProgress: (year, share) => report(share < 1 ? "year" : "rows", share < 1 ? year : null, 0.9 * share),
    });
    const cells = `scenario_cells_${++tables}`;
    await compareRuns(c, cells, base, run);
    await c.run(`DROP TABLE IF EXISTS ${run.people}; DROP TABLE IF EXISTS ${run.openings}`);
    return { desk, run, compared: { fit, cells } };
  }

  /** Of the results on this desk only the newest are kept; the others are computed again when they are asked for. */
  async #dropOldest(c: Connection, desk: Desk): Promise<void> {
    const own = [...this.#entries.values()].filter(({ result }) => result?.desk === desk);
    for (const entry of own.slice(0, Math.max(0, own.length - keptResults))) {
      if (!entry.result) continue;
      await c.run(
        `DROP TABLE IF EXISTS ${entry.result.run.cells}; DROP TABLE IF EXISTS ${entry.result.compared.cells}`,
      );
      entry.result = undefined;
    }
  }

  #forget(): void {
    const over = [...this.#entries.values()].filter(({ run }) => isOver(run));
    for (const { run } of over.slice(0, Math.max(0, this.#entries.size - remembered))) this.#entries.delete(run.id);
  }

  #find(id: string): Entry {
    const entry = this.#entries.get(id);
    if (entry) return entry;
    throw new AppError(
      "not-found",
      {
        zh: "没有这次推演，或服务已重新启动：请重新推演",
        en: "there is no such run, or the server was restarted: run it again",
      },
      { property: "run", value: id },
    );
  }

  #told({ run, startedAt }: Entry): ScenarioRun {
    const elapsed = this.#now() - startedAt;
    const isKnown = run.state === "running" && run.share > 0.02;
    const secondsLeft = isKnown ? Math.ceil((elapsed * (1 - run.share)) / run.share / 1000) : null;
    return { ...run, secondsLeft };
  }

  #now(): number {
    return (this.parts.now ?? Date.now)();
  }
}

const notDone = (state: RunState, problem: Message | null) =>
  new AppError(
    "conflict",
    problem ??
      (state === "cancelled"
        ? { zh: "这次推演已取消", en: "the run was cancelled" }
        : { zh: "推演还没有结束", en: "the run has not ended yet" }),
    { reason: "not-done", state },
  );

const outdated = () =>
  new AppError(
    "conflict",
    { zh: "推演之后数据已更新，请重新推演", en: "the data has changed since the run: run it again" },
    { reason: "outdated" },
  );
