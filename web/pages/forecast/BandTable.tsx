import { Table } from "antd";
import type { JSX, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../parts/words.ts";
import type { BandPoint } from "./band-points.ts";
import { usePastWords } from "./use-past.ts";

/** The numbers of a band chart, year by year; those of a forecast with how far such forecasts were off. */
export function BandTable({
  points,
  name,
  testId,
}: {
  readonly points: readonly BandPoint[];
  readonly name: string;
  readonly testId: string;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const past = usePastWords();
  const dash = t("common.dash");
  const figure = (key: string, point: BandPoint, text: ReactNode): JSX.Element => (
    <span className="number nowrap" data-testid={`${testId}-${point.year}-${key}`}>
      {text}
    </span>
  );
  const interval = (low: number | null, high: number | null): string =>
    low === null || high === null ? dash : `${words.number(low)}–${words.number(high)}`;
  const right = { align: "right" as const };
  return (
    <Table<BandPoint>
      size="small"
      aria-label={t("forecast.bands.tableOf", { name })}
      data-testid={`${testId}-table`}
      dataSource={points}
      rowKey="year"
      pagination={false}
      className="band-table"
      columns={[
        { key: "year", title: t("filters.year"), render: (_, point) => figure("year", point, point.year) },
        {
          ...{ key: "actual", title: t("forecast.actual"), ...right },
          render: (_, point) => figure("actual", point, point.actual === null ? dash : words.number(point.actual)),
        },
        {
          ...{ key: "mean", title: t("forecast.mean"), ...right },
          render: (_, point) => figure("mean", point, point.mean === null ? dash : words.oneDecimal(point.mean)),
        },
        {
          ...{ key: "band80", title: t("forecast.band80"), ...right },
          render: (_, point) => figure("band80", point, interval(point.low80, point.high80)),
        },
        {
          ...{ key: "band95", title: t("forecast.band95"), ...right },
          render: (_, point) => figure("band95", point, interval(point.low95, point.high95)),
        },
        {
          ...{ key: "error", title: t("forecast.past.error"), ...right },
          render: (_, point) => figure("error", point, point.mean === null ? dash : past.error(point.past)),
        },
        {
          ...{ key: "ratio", title: t("forecast.past.ratio"), ...right },
          render: (_, point) => figure("ratio", point, point.mean === null ? dash : past.ratio(point.past)),
        },
        {
          ...{ key: "coverage", title: t("forecast.past.coverage"), ...right },
          render: (_, point) =>
            figure(
              "coverage",
              point,
              point.past ? `${past.coverage(point.past, "80")} / ${past.coverage(point.past, "95")}` : dash,
            ),
        },
        ...(points.some(({ simple }) => simple)
          ? [
              {
                ...{ key: "simple", title: t("forecast.simple"), ...right },
                render: (_: unknown, point: BandPoint) =>
                  point.simple ? (
                    <>
                      {figure(
                        "simple",
                        point,
                        point.simple.value === null ? dash : words.oneDecimal(point.simple.value),
                      )}
                      <span className="line small muted">{t(`backtest.baseline.${point.simple.baseline}`)}</span>
                    </>
                  ) : (
                    dash
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}
