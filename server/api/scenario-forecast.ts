/** GET /forecast?scenario=…: the rows of a saved scenario in place of those of the base. */
import { AppError } from "../errors.ts";
import { checkYears } from "../forecast/index.ts";
import { scenarioOf } from "../forecast/scenario/index.ts";
import { answerOfRun, checkFilters, type ForecastAnswer, type ForecastRequest } from "../tables.ts";
import type { Parts } from "./parts.ts";
import { runsOf } from "./scenario-runs.ts";

/** A forecast table and the data version it was computed from. */
export interface VersionedAnswer extends ForecastAnswer {
  readonly dataVersion: number;
}

/**
 * Computes the saved scenario on the kept forecast unless that is done. Filters and years of the request are checked like those of the
 * base; scenarios reach five years ahead. Throws not-found, bad-input, cancelled.
 */
export async function scenarioForecast(
  parts: Pick<Parts, "store" | "library" | "forecasts" | "log">,
  scenario: string,
  request: ForecastRequest,
  signal: AbortSignal,
): Promise<VersionedAnswer> {
  const { changes } = await parts.store.read((c) => scenarioOf(c, scenario), { signal });
  const runs = runsOf(parts);
  const { id } = await runs.start({ changes, scenario, origin: request.origin });
  const { state, problem } = await runs.ended(id);
  if (state !== "done")
    throw new AppError("cancelled", problem ?? { zh: "推演没有完成", en: "the scenario was not computed" });
  return runs.with(
    id,
    async (c, { desk, run }) => {
      await checkFilters(c, request);
      const { from = run.from, to = run.to } = request;
      checkYears(desk.origin, from, Math.min(to, run.to));
      return { ...(await answerOfRun(c, run, request)), dataVersion: desk.dataVersion };
    },
    signal,
  );
}
