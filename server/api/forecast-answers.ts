/** Forecast tables kept while the data stays the same: a long one takes seconds even from a kept forecast. */
import { dataVersion, type Store } from "../store/index.ts";
import { deskAnswer, type ForecastRequest } from "../tables.ts";
import type { Parts } from "./parts.ts";
import type { VersionedAnswer } from "./scenario-forecast.ts";

/** The newest few, of not too many rows together. */
const keptAnswers = 32;
const keptRows = 200_000;
const caches = new WeakMap<Store, Map<string, VersionedAnswer>>();

function cacheOf(store: Store): Map<string, VersionedAnswer> {
  const cache = caches.get(store) ?? new Map<string, VersionedAnswer>();
  caches.set(store, cache);
  return cache;
}

/** The same question has the same key, whoever asks it. */
function keyOf(version: number, request: ForecastRequest): string {
  const { origin, from, to, level, district, trade, unit, by, scope } = request;
  return JSON.stringify([version, origin, from, to, level, district, trade, unit, by, scope]);
}

function keep(cache: Map<string, VersionedAnswer>, key: string, answer: VersionedAnswer): void {
  cache.delete(key);
  cache.set(key, answer);
  let rows = [...cache.values()].reduce((sum, one) => sum + one.rows.length, 0);
  for (const [oldest, { rows: gone }] of [...cache]) {
    if (oldest === key || (cache.size <= keptAnswers && rows <= keptRows)) break;
    cache.delete(oldest);
    rows -= gone.length;
  }
}

/** From the cache where the same was asked of the same data, else from the kept forecast. Throws like `ForecastDesks.with` and `deskAnswer`. */
export async function keptAnswer(
  { store, forecasts }: Pick<Parts, "store" | "forecasts">,
  request: ForecastRequest,
  signal: AbortSignal,
): Promise<VersionedAnswer> {
  const cache = cacheOf(store);
  const { version } = await store.read(dataVersion, { signal });
  const answer =
    cache.get(keyOf(version, request)) ??
    (await forecasts.with({ origin: request.origin, signal }, async (c, desk) => ({
      ...(await deskAnswer(c, desk, request)),
      dataVersion: desk.dataVersion,
    })));
  keep(cache, keyOf(answer.dataVersion, request), answer);
  return answer;
}
