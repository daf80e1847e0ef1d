/** The kept forecasts and backtests of an application, and what is computed on them. */

import { ForecastDesks } from "../forecast/desk.ts";
import { ForecastBackground } from "../forecast/desk-background.ts";
import { Backtests } from "../forecast/desk-backtests.ts";
import { ActionRuns } from "../tables.ts";
import type { Parts } from "./parts.ts";
import { toAppError } from "./problem.ts";

export interface ForecastParts extends Pick<Parts, "forecasts" | "backtests" | "actions"> {
  /** Computes forecast and backtest of whatever is published, until `close`. */
  readonly background: ForecastBackground;
  /** Stops what runs; before the store is closed. */
  close(): Promise<void>;
}

/** Nothing is computed before it is asked for, or `background.start()` is called. */
export function forecastParts({ store, library, log }: Pick<Parts, "store" | "library" | "log">): ForecastParts {
  const onFailure = (thrown: unknown) => {
    const error = toAppError(thrown);
    if (error.status >= 500) log.error({ err: error.cause ?? error }, error.text.en);
  };
  const forecasts = new ForecastDesks({ store, library, onFailure });
  const backtests = new Backtests({ store, library, idle: () => forecasts.idle(), onFailure });
  const actions = new ActionRuns({ library, desks: forecasts, onFailure });
  const background = new ForecastBackground({ store, desks: forecasts, backtests, onFailure });
  return {
    forecasts,
    backtests,
    actions,
    background,
    async close() {
      background.stop();
      await Promise.all([forecasts.close(), backtests.close()]);
    },
  };
}
