/** How far forecasts were off until now, for every number of the page: from the backtest, which is computed in the background. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useBacktestWork, usePooledBacktest, type Work } from "../../api/forecast-hooks.ts";
import type { BacktestRow, BacktestStatus } from "../../api/forecast-types.ts";
import { useWords } from "../../parts/words.ts";
import { type ErrorOf, pastError } from "./past-errors.ts";

export interface Past {
  readonly work: Work<BacktestStatus>;
  /** Undefined: not there yet. */
  readonly rows: readonly BacktestRow[] | undefined;
  readonly error: unknown;
  readonly of: (asked: ErrorOf) => BacktestRow | undefined;
}

export function usePast(enabled: boolean): Past {
  const work = useBacktestWork({ enabled, automatic: true });
  const { data, error } = usePooledBacktest(enabled && work.ready);
  const rows = work.ready ? data : undefined;
  return useMemo(() => ({ work, rows, error, of: (asked: ErrorOf) => pastError(rows, asked) }), [work, rows, error]);
}

export interface PastWords {
  /** "±12.3%", or people where the cells are small. */
  readonly error: (row: BacktestRow | undefined) => string;
  /** "0.85", against the best simple baseline. */
  readonly ratio: (row: BacktestRow | undefined) => string;
  /** Share of what happened that lay in the interval. */
  readonly coverage: (row: BacktestRow | undefined, band: "80" | "95") => string;
}

export function usePastWords(): PastWords {
  const { t } = useTranslation();
  const words = useWords();
  return useMemo(() => {
    const dash = t("common.dash");
    return {
      error: (row) => {
        if (!row || row.error === null) return dash;
        return row.basis === "wape"
          ? words.percent(row.error)
          : t("forecast.past.people", { n: words.decimal(row.error) });
      },
      ratio: (row) => (row?.bestRatio == null ? dash : words.decimal(row.bestRatio)),
      coverage: (row, band) => {
        const share = band === "80" ? row?.coverage80 : row?.coverage95;
        return share == null ? dash : words.percent(share);
      },
    };
  }, [t, words]);
}
