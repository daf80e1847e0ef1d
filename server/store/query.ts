import { readFileSync } from "node:fs";
import { AppError, badInput } from "../errors.ts";
import { ofProduct } from "../root.ts";

/** A statement the database refused or could not finish. The SQL is for the log, never for a response. */
export class QueryError extends AppError {
  constructor(
    cause: unknown,
    readonly sql: string,
  ) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super("internal", { zh: `查询失败：${reason}`, en: `query failed: ${reason}` }, {}, { cause });
  }
}

const folder = ofProduct("queries/");
const texts = new Map<string, string>();

/** `-- reads staged: applications-staged`: another query as a relation of this one. */
const reading = /^-- reads ([a-z]+): ([a-z0-9-]+)$/m;

/**
 * The text of `queries/<name>.sql`, with the query that it reads in front of its own. That it is one SELECT is checked by DuckDB's own parser each time it runs: `rows` and
 * `arrow` take exactly one statement, and in `store.read` only a SELECT.
 * @throws AppError `bad-input` when there is no such query.
 */
export function namedQuery(name: string): string {
  const known = texts.get(name);
  if (known !== undefined) return known;
  if (!/^[a-z0-9]+([/-][a-z0-9]+)*$/.test(name)) throw badInput(`查询名无效：${name}`, `invalid query name: ${name}`);
  try {
    const text = readFileSync(new URL(`${name}.sql`, folder), "utf8").replace(
      reading,
      (_line, relation: string, other: string) => `WITH ${relation} AS (\n${namedQuery(other)})`,
    );
    texts.set(name, text);
    return text;
  } catch (cause) {
    throw new AppError("internal", { zh: `没有查询 ${name}`, en: `no such query: queries/${name}.sql` }, {}, { cause });
  }
}
