import { Card, Empty } from "antd";
import { type JSX, type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { BacktestRow } from "../../api/forecast-types.ts";
import { Chart } from "../../charts/Chart.tsx";
import { scoreLines } from "../../charts/options/score-lines.ts";
import { useWords } from "../../parts/words.ts";
import { horizons, useBacktestState } from "./backtest-state.ts";
import { lineOf, linesByOrigin } from "./lines.ts";

function Box({
  title,
  note,
  testId,
  children,
}: {
  readonly title: string;
  readonly note: string;
  readonly testId: string;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <Card size="small" className="section-card" data-testid={testId} title={<h2 className="card-title">{title}</h2>}>
      <p className="section-note">{note}</p>
      {children}
    </Card>
  );
}

const nothing = (values: readonly (number | null)[]): boolean => values.every((value) => value === null);

/** 区间可靠性: the share of what happened that lay in the intervals, against what they promise. */
export function Coverage({ rows }: { readonly rows: readonly BacktestRow[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { measure, grouping, level } = useBacktestState();
  const of = { measure: t(`forecast.measure.${measure}`), grouping: t(`backtest.grouping.${grouping}`) };
  const lines = useMemo(
    () => horizons.map((horizon) => lineOf(rows, { measure, grouping, level, horizon })),
    [rows, measure, grouping, level],
  );
  const option = useMemo(() => {
    const values = (name: "coverage80" | "coverage95") => lines.map((line) => line?.[name] ?? null);
    const known = [...values("coverage80"), ...values("coverage95")].flatMap((value) =>
      value === null ? [] : [value],
    );
    return scoreLines({
      categories: horizons.map((n) => t("backtest.ahead", { n })),
      lines: [
        { name: t("backtest.covered", { n: "80" }), values: values("coverage80"), look: "second" },
        { name: t("backtest.covered", { n: "95" }), values: values("coverage95"), look: "first" },
      ],
      nominal: [
        { name: t("backtest.nominal"), value: 0.8 },
        { name: t("backtest.nominal"), value: 0.95 },
      ],
      axes: { category: t("backtest.aheadLabel"), value: t("backtest.coverageAxis") },
      percent: (share) => words.share(share),
      range: [Math.min(0.5, Math.floor(Math.min(1, ...known) * 10) / 10), 1],
    });
  }, [lines, words, t]);
  return (
    <Box title={t("backtest.coverageTitle", of)} note={t("backtest.coverageNote")} testId="backtest-coverage">
      {nothing(lines.map((line) => line?.coverage80 ?? null)) ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("backtest.noLine")} />
      ) : (
        <Chart option={option} height={300} label={t("backtest.coverageTitle", of)} testId="chart-coverage" />
      )}
    </Box>
  );
}

/** 逐个起点: the error of the forecast from each roster year, beside that of last year's value. */
export function ByOrigin({ rows }: { readonly rows: readonly BacktestRow[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { measure, grouping, level, horizon } = useBacktestState();
  const of = {
    measure: t(`forecast.measure.${measure}`),
    grouping: t(`backtest.grouping.${grouping}`),
    n: horizon,
  };
  const lines = useMemo(
    () => linesByOrigin(rows, { measure, grouping, level, horizon }),
    [rows, measure, grouping, level, horizon],
  );
  const option = useMemo(
    () =>
      scoreLines({
        categories: lines.map(({ origin }) => String(origin)),
        lines: [
          { name: t("backtest.model"), values: lines.map(({ wape }) => wape), look: "first" },
          { name: t("backtest.baseline.lastYear"), values: lines.map(({ naiveWape }) => naiveWape), look: "second" },
        ],
        nominal: [],
        axes: { category: t("backtest.originAxis"), value: t("backtest.wape") },
        percent: (share) => words.share(Math.round(share * 1000) / 1000),
      }),
    [lines, words, t],
  );
  return (
    <Box title={t("backtest.originTitle", of)} note={t("backtest.originNote")} testId="backtest-origins">
      {nothing(lines.map(({ wape }) => wape)) ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("backtest.noLine")} />
      ) : (
        <Chart option={option} height={300} label={t("backtest.originTitle", of)} testId="chart-origins" />
      )}
    </Box>
  );
}
