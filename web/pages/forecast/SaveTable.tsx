import { DownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { saveBlob } from "../../api/client.ts";
import { type ForecastMeasure, type ForecastRow, forecastMeasures } from "../../api/forecast-types.ts";
import { toCsv } from "../../parts/csv.ts";
import { endOf } from "./band-points.ts";
import type { Band, Listing } from "./forecast-state.ts";
import type { Drill } from "./use-drill.ts";
import { type Past, usePastWords } from "./use-past.ts";

/** Saves what the table shows, with its means and its past errors, as CSV that Excel opens. */
export function SaveTable({
  drill,
  year,
  band,
  listing,
  nameOf,
  errorOf,
}: {
  readonly drill: Drill;
  readonly year: number;
  readonly band: Band;
  readonly listing: Listing | "level";
  readonly nameOf: (row: ForecastRow) => string;
  readonly errorOf: (measure: ForecastMeasure) => ReturnType<Past["of"]>;
}): JSX.Element {
  const { t } = useTranslation();
  const past = usePastWords();
  const save = (): void => {
    const heads = forecastMeasures.flatMap((measure) => {
      const name = t(`forecast.measure.${measure}`);
      return [
        name,
        t("forecast.table.csv.mean", { name }),
        t("forecast.table.csv.low", { name, n: band }),
        t("forecast.table.csv.high", { name, n: band }),
        t("forecast.table.csv.error", { name }),
      ];
    });
    const lines = drill.rows.map(({ row, whole }) => [
      nameOf(row),
      year,
      whole.workers,
      whole.quota,
      whole.retirements,
      ...forecastMeasures.flatMap((measure) => [
        whole[measure],
        row[measure],
        endOf(row, measure, `Low${band}`),
        endOf(row, measure, `High${band}`),
        past.error(errorOf(measure)),
      ]),
    ]);
    const headings = [
      t(`filters.${listing}`),
      t("filters.year"),
      t("forecast.table.workers"),
      t("measure.quota"),
      t("forecast.table.retirements"),
      ...heads,
    ];
    const blob = new Blob([toCsv(headings, lines)], { type: "text/csv;charset=utf-8" });
    saveBlob(blob, `${t("forecast.title")}-${year}.csv`);
  };
  return (
    <Button icon={<DownloadOutlined />} onClick={save} data-testid="forecast-csv">
      {t("rosters.exportCsv")}
    </Button>
  );
}
