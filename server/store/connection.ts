import { setTimeout as delay } from "node:timers/promises";
import {
  BIGINT,
  DOUBLE,
  type DuckDBConnection,
  type DuckDBPreparedStatement,
  INTEGER,
  LIST,
  StatementType,
  VARCHAR,
} from "@duckdb/node-api";
import { AppError } from "../errors.ts";
import { type AppendColumn, appendRows, type ColumnValue } from "./append.ts";
import { type NumberColumns, numberColumns } from "./numbers.ts";
import { QueryError } from "./query.ts";
import { plainValue, type Row } from "./values.ts";

/** Named parameters: `$year` in the SQL, `year` here. An empty list is a VARCHAR[]. */
export type Params = Readonly<Record<string, string | number | boolean | null | readonly string[] | readonly number[]>>;

/**
 * A leased connection: good until the work it was given to returns. DuckDB runs one statement at a time on a connection, so
 * calls made at the same time run one after the other, and none may be made while an Arrow stream is being read.
 * Every failure is a QueryError (cause and SQL), or the reason the lease was stopped (timeout, cancelled).
 */
export interface Connection {
  /** Runs one statement or several; parameters belong to the last one. */
  run(sql: string, params?: Params): Promise<void>;
  /** The rows of exactly one statement (in a read: one SELECT) as plain JavaScript, see `plainValue`. */
  rows<T = Row>(sql: string, params?: Params): Promise<T[]>;
  /** The columns, INTEGER or DOUBLE without nulls, of exactly one statement as arrays. */
  numbers(sql: string, params?: Params): Promise<NumberColumns>;
  /** Appends rows in bulk; columns of the table that are not named become null. Returns how many. */
  append(table: string, columns: readonly AppendColumn[], rows: Iterable<readonly ColumnValue[]>): Promise<number>;
  /** The result of exactly one statement as pieces of an Arrow IPC stream; see store/arrow.ts for the types. */
  arrow(sql: string, params?: Params): AsyncIterable<Uint8Array>;
}

const isInt32 = (value: number) => Number.isInteger(value) && Math.abs(value) <= 2_147_483_647;

function bindOne(statement: DuckDBPreparedStatement, index: number, value: Params[string]): void {
  if (value === null) statement.bindNull(index);
  else if (typeof value === "string") statement.bindVarchar(index, value);
  else if (typeof value === "boolean") statement.bindBoolean(index, value);
  else if (typeof value === "number") {
    if (isInt32(value)) statement.bindInteger(index, value);
    else if (Number.isSafeInteger(value)) statement.bindBigInt(index, BigInt(value));
    else statement.bindDouble(index, value);
  } else {
    const numbers = value.filter((item) => typeof item === "number");
    const number = numbers.every(isInt32) ? INTEGER : numbers.every(Number.isSafeInteger) ? BIGINT : DOUBLE;
    statement.bindList(index, value, LIST(numbers.length > 0 ? number : VARCHAR));
  }
}

/** Statements that only look at data. */
const readingTypes: readonly number[] = [StatementType.SELECT, StatementType.EXPLAIN];

/** The one implementation of `Connection`, over a native connection that nobody else uses meanwhile. */
export class Session implements Connection {
  #tail: Promise<unknown> = Promise.resolve();
  #streaming = false;
  #ended = false;

  /** @param stop aborted with an AppError when the lease must end; a running statement is then interrupted. */
  constructor(
    private readonly native: DuckDBConnection,
    private readonly access: "read" | "write",
    private readonly stop: AbortSignal,
  ) {
    stop.addEventListener("abort", () => void this.#interrupt(), { once: true });
  }

  run(sql: string, params?: Params): Promise<void> {
    return this.#turn(sql, async () => {
      if (params) await this.#withStatement(sql, params, (statement) => statement.run());
      else await this.native.run(sql);
    });
  }

  rows<T = Row>(sql: string, params?: Params): Promise<T[]> {
    return this.#turn(sql, async () => {
      const result = await this.#withStatement(sql, params, (statement) => statement.run());
      const rows: unknown[] = await result.convertRowObjects(plainValue);
      return rows as T[];
    });
  }

  numbers(sql: string, params?: Params): Promise<NumberColumns> {
    return this.#turn(sql, async () => {
      const result = await this.#withStatement(sql, params, (statement) => statement.run());
      const chunks = await result.fetchAllChunks();
      return numberColumns({ names: result.deduplicatedColumnNames(), types: result.columnTypes(), chunks });
    });
  }

  append(table: string, columns: readonly AppendColumn[], rows: Iterable<readonly ColumnValue[]>): Promise<number> {
    return this.#turn(`append to ${table}`, () =>
      appendRows(this.native, table, columns, rows, () => this.stop.throwIfAborted()),
    );
  }

  async *arrow(sql: string, params?: Params): AsyncIterable<Uint8Array> {
    // Apache Arrow takes long to load, and few ask for it.
    const { arrowStream } = await import("./arrow.ts");
    const result = await this.#turn(sql, async () => {
      const opened = await this.#withStatement(sql, params, (statement) => statement.stream());
      this.#streaming = true;
      return opened;
    });
    try {
      yield* arrowStream({
        names: result.deduplicatedColumnNames(),
        types: result.columnTypes(),
        next: () => this.#turn(sql, () => result.fetchChunk(), true),
      });
    } finally {
      this.#streaming = false;
    }
  }

  /** Refuses further calls and waits until the running statement, if any, is through. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#tail;
  }

  /** Runs `work` when everything asked for earlier is done. */
  #turn<T>(sql: string, work: () => Promise<T>, ofStream = false): Promise<T> {
    const turn = this.#tail.then(async () => {
      if (this.#ended)
        throw new Error("this connection was given back: await every query inside the work of its lease");
      if (this.#streaming && !ofStream) throw new Error("this connection is streaming a result: lease another one");
      this.stop.throwIfAborted();
      try {
        return await work();
      } catch (cause) {
        this.stop.throwIfAborted();
        throw cause instanceof AppError ? cause : new QueryError(cause, sql);
      }
    });
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  async #withStatement<T>(
    sql: string,
    params: Params | undefined,
    use: (statement: DuckDBPreparedStatement) => Promise<T>,
  ): Promise<T> {
    const extracted = await this.native.extractStatements(sql);
    if (extracted.count !== 1) throw new Error(`expected one statement, found ${extracted.count}`);
    const statement = await extracted.prepare(0);
    try {
      if (this.access === "read" && !readingTypes.includes(statement.statementType)) {
        throw new Error("expected a SELECT: a read changes nothing");
      }
      for (const [name, value] of Object.entries(params ?? {})) {
        bindOne(statement, statement.parameterIndex(name), value);
      }
      return await use(statement);
    } finally {
      statement.destroySync();
    }
  }

  /** Interrupts until nothing runs: an interrupt that arrives before its statement has begun is forgotten by DuckDB. */
  async #interrupt(): Promise<void> {
    let busy = true;
    void this.#tail.then(() => {
      busy = false;
    });
    while (busy) {
      this.native.interrupt();
      await delay(10);
    }
  }
}
