import { Button, Table } from "antd";
import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Chart } from "../../charts/Chart.tsx";
import { differenceLines, type Interval } from "../../charts/options/difference-lines.ts";
import { ChartAndTable } from "../../parts/ChartAndTable.tsx";
import { figureColumns } from "./figure-columns.tsx";
import { figureOf } from "./rows.ts";
import type { DifferenceRow, Measure } from "./shapes.ts";
import { useFigures } from "./use-figures.ts";

const pair = (low: number | null, high: number | null): Interval | null =>
  low === null || high === null ? null : [low, high];

/** Base and scenario year by year, and what lies between them. */
export function ByYear({
  rows,
  measure,
  year,
  onYear,
}: {
  readonly rows: readonly DifferenceRow[];
  readonly measure: Measure;
  /** That the tables below are of. */
  readonly year: number;
  readonly onYear: (year: number) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const figures = useFigures();
  const unit = t(`scenarios.unit.${measure}`);
  const title = t("scenarios.byYear", { measure: t(`scenarios.measure.${measure}`), unit });
  const option = useMemo(
    () =>
      differenceLines({
        points: rows.map((row) => {
          const { base, scenario, difference, low80, high80, low95, high95 } = figureOf(row, measure);
          return {
            name: String(row.examYear),
            ...{ base, scenario, difference },
            inner: pair(low80, high80),
            outer: pair(low95, high95),
          };
        }),
        chosen: rows.findIndex((row) => row.examYear === year),
        names: {
          base: t("scenarios.base"),
          scenario: t("scenarios.scenario"),
          difference: t("scenarios.difference"),
          inner: t("scenarios.interval80"),
          outer: t("scenarios.interval95"),
          axis: `${t("scenarios.difference")}${t("common.aside", { text: unit })}`,
        },
        unit,
        format: (n) => figures.people(n),
        signed: (n) => figures.signed(n),
      }),
    [rows, measure, year, unit, figures, t],
  );
  return (
    <ChartAndTable
      title={title}
      note={measure === "quota" ? undefined : t("scenarios.intervalNote")}
      footer={t("scenarios.yearHint")}
      testId="scenario-years"
      chart={
        <Chart
          option={option}
          height={360}
          label={title}
          testId="chart-difference"
          onSelect={(index) => {
            const row = rows[index];
            if (row) onYear(row.examYear);
          }}
        />
      }
      table={
        <Table<DifferenceRow>
          size="small"
          aria-label={title}
          data-testid="year-rows"
          dataSource={rows}
          rowKey={(row) => String(row.examYear)}
          rowClassName={(row) => (row.examYear === year ? "chosen-row" : "")}
          pagination={false}
          scroll={{ x: true }}
          columns={[
            {
              key: "examYear",
              title: t("scenarios.examYear"),
              render: (_, row) => (
                <Button
                  type="link"
                  className="inline-button"
                  aria-pressed={row.examYear === year}
                  onClick={() => onYear(row.examYear)}
                >
                  {t("filters.yearOption", { year: row.examYear })}
                </Button>
              ),
            },
            ...figureColumns({ measure, t, figures, sortable: false }),
          ]}
        />
      }
    />
  );
}
