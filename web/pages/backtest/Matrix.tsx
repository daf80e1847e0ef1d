import { Card, Segmented, Tooltip } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { type BacktestRow, backtestGroupings, forecastMeasures } from "../../api/forecast-types.ts";
import { useWords } from "../../parts/words.ts";
import { type Against, against as againsts, horizons, useBacktestState } from "./backtest-state.ts";
import { countLooks, type LineName, lineOf, lookOf, looks, ratioOf } from "./lines.ts";

function Cell({ rows, name }: { readonly rows: readonly BacktestRow[]; readonly name: LineName }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { measure, grouping, horizon, against, set } = useBacktestState();
  const row = lineOf(rows, name);
  const ratio = ratioOf(row, against);
  const id = `ratio-${name.measure}-${name.grouping}-${name.horizon}`;
  if (!row || ratio === null)
    return (
      <td className="muted" data-testid={id}>
        {t("common.dash")}
      </td>
    );
  const isChosen = name.measure === measure && name.grouping === grouping && name.horizon === horizon;
  const look = lookOf(ratio);
  const baseline = against === "best" ? row.best : "lastYear";
  return (
    <td data-look={look} aria-current={isChosen ? "true" : undefined}>
      <Tooltip
        title={t("backtest.cellHint", {
          look: t(`backtest.look.${look}`),
          baseline: baseline ? t(`backtest.baseline.${baseline}`) : t("common.dash"),
        })}
      >
        <button
          type="button"
          onClick={() => set({ measure: name.measure, grouping: name.grouping, horizon: name.horizon })}
          data-testid={id}
        >
          <span className="visually-hidden">
            {t("backtest.cell", {
              measure: t(`forecast.measure.${name.measure}`),
              grouping: t(`backtest.grouping.${name.grouping}`),
              n: name.horizon,
            })}
          </span>
          {words.decimal(ratio)}
          {look === "worse" && <span aria-hidden="true"> ▲</span>}
        </button>
      </Tooltip>
    </td>
  );
}

/** 误差比: the model's error over that of a simple baseline, for every figure, grouping and number of years ahead. */
export function Matrix({ rows }: { readonly rows: readonly BacktestRow[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { level, against, set } = useBacktestState();
  const counts = countLooks(rows, level, against);
  const title = t(`backtest.matrixTitle.${against}`);
  return (
    <Card
      size="small"
      className="section-card"
      data-testid="backtest-matrix"
      title={<h2 className="card-title">{title}</h2>}
      extra={
        <Segmented<Against>
          aria-label={t("backtest.against")}
          value={against}
          options={againsts.map((value) => ({ value, label: t(`backtest.againstOf.${value}`) }))}
          onChange={(value) => set({ against: value })}
        />
      }
    >
      <p className="section-note" data-testid="backtest-counts">
        {t("backtest.counts", {
          better: words.number(counts.better + counts["much-better"]),
          alike: words.number(counts.alike),
          worse: words.number(counts.worse),
        })}
      </p>
      <section className="matrix-box" aria-label={title}>
        <table className="matrix">
          <thead>
            <tr>
              <th scope="col">{t("forecast.measureLabel")}</th>
              <th scope="col">{t("backtest.groupingLabel")}</th>
              {horizons.map((horizon) => (
                <th scope="col" key={horizon}>
                  {t("backtest.ahead", { n: horizon })}
                </th>
              ))}
            </tr>
          </thead>
          {forecastMeasures.map((measure) => (
            <tbody key={measure}>
              {backtestGroupings.map((grouping, index) => (
                <tr key={grouping}>
                  {index === 0 && (
                    <th scope="rowgroup" rowSpan={backtestGroupings.length}>
                      {t(`forecast.measure.${measure}`)}
                    </th>
                  )}
                  <th scope="row">{t(`backtest.grouping.${grouping}`)}</th>
                  {horizons.map((horizon) => (
                    <Cell key={horizon} rows={rows} name={{ measure, grouping, horizon, level }} />
                  ))}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </section>
      <ul className="matrix-key">
        {looks.map((look) => (
          <li key={look}>
            <span className={`key-${look}`} aria-hidden="true" />
            {t(`backtest.look.${look}`)}
          </li>
        ))}
        <li>{t("backtest.cellClick")}</li>
      </ul>
    </Card>
  );
}
