/** The front door of the store; nothing outside this folder touches DuckDB. */
export type { AppendColumn, ColumnValue } from "./append.ts";
export type { Connection, Params } from "./connection.ts";
export type { Hold } from "./hold.ts";
export type { LeaseOptions } from "./lease.ts";
export type { NumberColumns } from "./numbers.ts";
export { openStore, type Store, type StoreOptions } from "./open.ts";
export { type DataVersion, dataVersion, publish } from "./publications.ts";
export { namedQuery, QueryError } from "./query.ts";
export type { Plain, Row } from "./values.ts";
