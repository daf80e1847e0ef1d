/** Long tables as Arrow, short ones as JSON: the rows are the same. */
import { apiUrl, fetchFrom, getJson, type Query } from "./client.ts";

/** Rows from which Arrow is lighter than JSON; the reader of Arrow is fetched when it is first needed. */
const arrowType = "application/vnd.apache.arrow.stream";

/** Asks for a table. `many`: more than some 500 rows are to be expected. */
export async function getRows<Row>(
  path: string,
  query: Query,
  { many, signal }: { readonly many: boolean; readonly signal?: AbortSignal },
): Promise<readonly Row[]> {
  if (!many) return getJson<readonly Row[]>(path, query, signal);
  const [{ tableFromIPC }, response] = await Promise.all([
    import("apache-arrow"),
    fetchFrom(apiUrl(path, query), { headers: { accept: arrowType }, ...(signal ? { signal } : {}) }),
  ]);
  const table = tableFromIPC(await response.arrayBuffer());
  return table.toArray().map((row) => (row as { toJSON(): Row }).toJSON());
}
