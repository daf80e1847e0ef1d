import { Card, type TableColumnsType } from "antd";
import { type JSX, type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type BacktestRow, backtestGroupings, forecastMeasures } from "../../api/forecast-types.ts";
import { columnWidth } from "../../parts/column-width.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { useWords } from "../../parts/words.ts";
import { useBacktestState } from "./backtest-state.ts";
import { SaveFigures } from "./SaveFigures.tsx";

const widths = [104, 104, 100, 100, 84, 116, 92, 136, 108, 98, 98, 98, 76, 92];

/** 全部数字: every line of the chosen level, all origins together. */
export function Figures({ rows }: { readonly rows: readonly BacktestRow[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { level } = useBacktestState();
  const shown = useMemo(
    () => rows.filter(({ origin, targetLevel }) => origin === null && targetLevel === (level ?? null)),
    [rows, level],
  );
  const columns = useMemo((): NonNullable<TableColumnsType<BacktestRow>> => {
    const dash = t("common.dash");
    const width = (index: number): number => columnWidth(words.language, widths[index] ?? 90);
    const figure = (
      index: number,
      key: keyof BacktestRow,
      title: string,
      text: (row: BacktestRow) => ReactNode,
    ): TableColumnsType<BacktestRow>[number] => ({
      ...{ key, title, align: "right", width: width(index) },
      sorter: (a, b) => Number(a[key] ?? -1) - Number(b[key] ?? -1),
      render: (_, row) => (
        <span className="number nowrap" data-testid={`figure-${key}-${row.measure}-${row.grouping}-${row.horizon}`}>
          {text(row)}
        </span>
      ),
    });
    const percent = (share: number | null): string => (share === null ? dash : words.percent(share));
    const decimal = (n: number | null): string => (n === null ? dash : words.decimal(n));
    return [
      {
        ...{ key: "measure", title: t("forecast.measureLabel"), width: width(0), fixed: "left" },
        filters: forecastMeasures.map((value) => ({ value, text: t(`forecast.measure.${value}`) })),
        onFilter: (value, row) => row.measure === value,
        render: (_, row) => t(`forecast.measure.${row.measure}`),
      },
      {
        ...{ key: "grouping", title: t("backtest.groupingLabel"), width: width(1), fixed: "left" },
        filters: backtestGroupings.map((value) => ({ value, text: t(`backtest.grouping.${value}`) })),
        onFilter: (value, row) => row.grouping === value,
        render: (_, row) => t(`backtest.grouping.${row.grouping}`),
      },
      figure(2, "horizon", t("backtest.aheadLabel"), ({ horizon }) => t("backtest.ahead", { n: horizon })),
      figure(3, "wape", t("backtest.wape"), ({ wape }) => percent(wape)),
      figure(4, "bias", t("backtest.bias"), ({ bias }) =>
        bias === null ? dash : `${bias > 0 ? "+" : ""}${words.percent(bias)}`,
      ),
      figure(5, "naiveWape", t("backtest.naiveWape"), ({ naiveWape }) => percent(naiveWape)),
      figure(6, "ratio", t("backtest.ratio"), ({ ratio }) => decimal(ratio)),
      figure(7, "best", t("backtest.best"), ({ best }) => (best ? t(`backtest.baseline.${best}`) : dash)),
      figure(8, "bestRatio", t("backtest.bestRatio"), ({ bestRatio, worse }) => (
        <>
          {decimal(bestRatio)}
          {worse && <span className="simple"> ▲</span>}
        </>
      )),
      figure(9, "coverage80", t("backtest.coverage", { n: "80" }), ({ coverage80 }) => percent(coverage80)),
      figure(10, "coverage95", t("backtest.coverage", { n: "95" }), ({ coverage95 }) => percent(coverage95)),
      figure(11, "pinball", t("backtest.pinball"), ({ pinball }) => decimal(pinball)),
      figure(12, "cells", t("backtest.cells"), ({ cells }) => words.number(cells)),
      figure(13, "actual", t("backtest.actual"), ({ actual }) => words.number(actual)),
    ];
  }, [words, t]);
  return (
    <Card
      size="small"
      className="section-card"
      title={<h2 className="card-title">{t("backtest.figuresTitle")}</h2>}
      extra={<SaveFigures rows={rows} />}
      data-testid="backtest-figures"
    >
      <DataTable<BacktestRow>
        label={t("backtest.figuresTitle")}
        testId="backtest-table"
        width={columnWidth(
          words.language,
          widths.reduce((sum, one) => sum + one, 0),
        )}
        minHeight={420}
        dataSource={shown}
        columns={columns}
        rowKey={(row) => `${row.measure}|${row.grouping}|${row.horizon}`}
      />
    </Card>
  );
}
