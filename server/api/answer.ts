/** Answers that come from the database: cancelled when the caller goes away, of one snapshot, marked with its data version. */
import type { Request, Response } from "express";
import { type Connection, dataVersion, type Store } from "../store/index.ts";
import type { Statement } from "../tables.ts";
import { toCsv } from "./csv.ts";

export const arrowType = "application/vnd.apache.arrow.stream";

/** Aborts when the connection closes before the answer is complete. */
export function goneSignal(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** Reads from one snapshot and sets `x-data-version` to its version; stops when the caller goes away. */
export function readSnapshot<T>(store: Store, response: Response, work: (c: Connection) => Promise<T>): Promise<T> {
  return store.read(
    async (c) => {
      const { version } = await dataVersion(c);
      response.set("x-data-version", String(version));
      return work(c);
    },
    { signal: goneSignal(response) },
  );
}

/** `attachment` with a name in any script (RFC 6266): the plain name for old clients, the full one for the others. */
export function attachment(response: Response, plain: string, full: string): void {
  const encoded = encodeURIComponent(full).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  response.set("Content-Disposition", `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`);
}

export const formats = ["json", "csv", "arrow"] as const;
export type Format = (typeof formats)[number];

const mediaTypes: Readonly<Record<Format, string>> = {
  json: "application/json",
  csv: "text/csv",
  arrow: arrowType,
};

/** The media type the caller asked for, by `format` or else by its Accept header; JSON where it takes none of them. */
export function wantedType(request: Request, format: Format | undefined): string {
  const wanted = format ? mediaTypes[format] : request.accepts(Object.values(mediaTypes));
  return wanted === false ? mediaTypes.json : ((Array.isArray(wanted) ? wanted[0] : wanted) ?? mediaTypes.json);
}

/** Sends a table as the caller asked, by `format` or else by its Accept header: Arrow, CSV, or JSON. */
export async function sendTable(
  c: Connection,
  request: Request,
  response: Response,
  statement: Statement,
  { format, name }: { readonly format: Format | undefined; readonly name: { plain: string; full: string } },
): Promise<void> {
  response.vary("Accept");
  const wanted = wantedType(request, format);
  if (wanted === arrowType) return sendArrow(c, response, statement);
  const rows = await c.rows(statement.sql, statement.params);
  if (wanted === "text/csv") {
    attachment(response, `${name.plain}.csv`, `${name.full}.csv`);
    response.type("text/csv").send(toCsv(statement.columns, rows));
  } else response.json(rows);
}

async function sendArrow(c: Connection, response: Response, { sql, params }: Statement): Promise<void> {
  for await (const chunk of c.arrow(sql, params)) {
    if (!response.headersSent) response.set("Content-Type", arrowType);
    if (!response.write(chunk)) await drained(response);
  }
  response.end();
}

/** Waits until the caller has taken what was written, or is gone. */
export function drained(response: Response): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
  });
}
