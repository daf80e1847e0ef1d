/**
 * Temporary tables of one fit or one run. Queries name them `forecast_x` (of the fit) and `run_x` (of the run); on the connection they
 * bear the number of their fit or run, so that several can live side by side.
 */
import { type ColumnValue, type Connection, namedQuery } from "../store/index.ts";

/** Values a query names as $name: only numbers and text that the program itself chose. */
export type Values = Readonly<Record<string, number | string | boolean>>;

/** The table of the database itself, which looks like one of ours. */
const kept = new Set(["forecast_years"]);

const literal = (value: Values[string]) =>
  typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);

export class Scratch {
  readonly #made = new Set<string>();
  readonly #views = new Set<string>();

  /** `run` is empty in a fit. */
  constructor(
    readonly c: Connection,
    readonly fit: string,
    readonly runSuffix: string = "",
  ) {}

  /** The name on the connection. */
  table(name: string): string {
    if (kept.has(name)) return name;
    return name.startsWith("run_") ? `${name}_${this.runSuffix}` : `${name}_${this.fit}`;
  }

  /** The text with the names on the connection and the values put in. */
  text(sql: string, values: Values = {}): string {
    return sql
      .replaceAll(/\b(?:forecast|run)_[a-z0-9_]+\b/g, (name) => this.table(name))
      .replaceAll(/\$([a-zA-Z]\w*)/g, (all, name: string) => {
        const value = values[name];
        return value === undefined ? all : literal(value);
      });
  }

  /** CREATE OR REPLACE TEMP TABLE name AS … */
  async make(name: string, sql: string, values?: Values): Promise<void> {
    this.#made.add(name);
    await this.c.run(`CREATE OR REPLACE TEMP TABLE ${this.table(name)} AS ${this.text(sql, values)}`);
  }

  /** CREATE OR REPLACE TEMP VIEW name AS … */
  async view(name: string, sql: string): Promise<void> {
    this.#views.add(name);
    await this.c.run(`CREATE OR REPLACE TEMP VIEW ${this.table(name)} AS ${this.text(sql)}`);
  }

  async dropView(name: string): Promise<void> {
    this.#views.delete(name);
    await this.c.run(`DROP VIEW IF EXISTS ${this.table(name)}`);
  }

  /** A table made from `queries/<query>.sql`. */
  makeNamed(name: string, query: string, values?: Values): Promise<void> {
    return this.make(name, namedQuery(query), values);
  }

  /** A table of these columns (name → type) and rows. */
  async fill(
    name: string,
    columns: Readonly<Record<string, string>>,
    rows: Iterable<readonly ColumnValue[]>,
  ): Promise<void> {
    this.#made.add(name);
    const list = Object.entries(columns);
    await this.c.run(
      `CREATE OR REPLACE TEMP TABLE ${this.table(name)} (${list.map(([column, type]) => `"${column}" ${type}`).join(", ")})`,
    );
    const appended = list.map(([column, type]) => ({ name: column, type: type === "TINYINT" ? "SMALLINT" : type }));
    await this.c.append(this.table(name), appended, rows);
  }

  run(sql: string, values?: Values): Promise<void> {
    return this.c.run(this.text(sql, values));
  }

  rows<Row>(sql: string, values?: Values): Promise<Row[]> {
    return this.c.rows<Row>(this.text(sql, values));
  }

  /** Gives a table the name of another one, which is dropped. */
  async rename(from: string, to: string): Promise<void> {
    await this.c.run(
      `DROP TABLE IF EXISTS ${this.table(to)}; ALTER TABLE ${this.table(from)} RENAME TO ${this.table(to)}`,
    );
    this.#made.delete(from);
    this.#made.add(to);
  }

  async drop(...names: string[]): Promise<void> {
    for (const name of names) {
      this.#made.delete(name);
      await this.c.run(`DROP TABLE IF EXISTS ${this.table(name)}`);
    }
  }

  /** Drops what was made, but for what is named. */
  async dropAll(...but: string[]): Promise<void> {
    for (const name of this.#views) await this.c.run(`DROP VIEW IF EXISTS ${this.table(name)}`);
    this.#views.clear();
    await this.drop(...[...this.#made].filter((name) => !but.includes(name)));
  }
}
