import { Tag, Tooltip } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { isTooShort } from "../../api/forecast-hooks.ts";
import type { BacktestRow } from "../../api/forecast-types.ts";
import { type Past, usePastWords } from "./use-past.ts";

/** How far such forecasts were off, in one line; that it is being found out, or cannot be. */
export function PastNote({
  past,
  row,
  horizon,
  testId,
}: {
  readonly past: Past;
  readonly row: BacktestRow | undefined;
  readonly horizon: number;
  readonly testId?: string;
}): JSX.Element {
  const { t } = useTranslation();
  const words = usePastWords();
  const { status, error } = past.work;
  if (isTooShort(past.work)) return <span className="muted">{t("forecast.past.none", { n: horizon })}</span>;
  if (error || past.error || status?.state === "failed")
    return <span className="muted">{t("forecast.past.failed")}</span>;
  if (status?.state === "cancelled") return <span className="muted">{t("forecast.past.cancelled")}</span>;
  if (past.rows === undefined)
    return (
      <span className="muted">{t("forecast.past.coming", { percent: Math.floor((status?.share ?? 0) * 100) })}</span>
    );
  if (row === undefined) return <span className="muted">{t("forecast.past.none", { n: horizon })}</span>;
  return (
    <span className="past-note" data-testid={testId}>
      {t("forecast.past.line", {
        n: horizon,
        error: words.error(row),
        ratio: words.ratio(row),
        coverage: words.coverage(row, "80"),
      })}
      {row.worse && row.best && (
        <Tooltip title={t("forecast.past.worseHint", { baseline: t(`backtest.baseline.${row.best}`) })}>
          <Tag variant="outlined" className="small-tag warn-tag" data-testid={testId && `${testId}-worse`}>
            {t("forecast.past.worse", { baseline: t(`backtest.baseline.${row.best}`) })}
          </Tag>
        </Tooltip>
      )}
    </span>
  );
}
