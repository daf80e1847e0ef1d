import { DownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { saveBlob } from "../../api/client.ts";
import type { BacktestRow } from "../../api/forecast-types.ts";
import { toCsv } from "../../parts/csv.ts";
import { useWords } from "../../parts/words.ts";

/** Saves every line, of each origin and of all together, of every level, as CSV that Excel opens. */
export function SaveFigures({ rows }: { readonly rows: readonly BacktestRow[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const save = (): void => {
    const headings = [
      t("backtest.originAxis"),
      t("filters.level"),
      t("forecast.measureLabel"),
      t("backtest.groupingLabel"),
      t("backtest.aheadLabel"),
      t("backtest.wape"),
      t("backtest.bias"),
      t("backtest.naiveWape"),
      t("backtest.ratio"),
      t("backtest.best"),
      t("backtest.bestRatio"),
      t("backtest.coverage", { n: "80" }),
      t("backtest.coverage", { n: "95" }),
      t("backtest.pinball"),
      t("backtest.cells"),
      t("backtest.actual"),
    ];
    const lines = rows.map((row) => [
      row.origin ?? t("backtest.allOrigins"),
      row.targetLevel === null ? t("filters.allLevels") : words.level(row.targetLevel),
      t(`forecast.measure.${row.measure}`),
      t(`backtest.grouping.${row.grouping}`),
      row.horizon,
      row.wape,
      row.bias,
      row.naiveWape,
      row.ratio,
      row.best ? t(`backtest.baseline.${row.best}`) : null,
      row.bestRatio,
      row.coverage80,
      row.coverage95,
      row.pinball,
      row.cells,
      row.actual,
    ]);
    const blob = new Blob([toCsv(headings, lines)], { type: "text/csv;charset=utf-8" });
    saveBlob(blob, `${t("backtest.title")}.csv`);
  };
  return (
    <Button icon={<DownloadOutlined />} onClick={save} data-testid="backtest-csv">
      {t("rosters.exportCsv")}
    </Button>
  );
}
