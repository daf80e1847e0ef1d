import { Button, Table } from "antd";
import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { QualityRow } from "../../api/roster-types.ts";
import { Chart } from "../../charts/Chart.tsx";
import { trendLine } from "../../charts/options/trend-line.ts";
import { ChartAndTable } from "../../parts/ChartAndTable.tsx";
import { useWords } from "../../parts/words.ts";
import { changeSearch, closeList } from "../../state/roster-search.ts";
import { useRosterSearch } from "../../state/use-roster-search.ts";
import { lostText, pointsText, scoreOf } from "./score.ts";

/** The score of the place in every roster year; a year chosen here is the year of the page. */
export function Trend({ rows, year }: { readonly rows: readonly QualityRow[]; readonly year: number }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { go } = useRosterSearch();
  const sorted = useMemo(() => [...rows].sort((a, b) => a.rosterYear - b.rosterYear), [rows]);
  const option = useMemo(
    () =>
      trendLine({
        points: sorted.map((row) => ({ name: String(row.rosterYear), value: scoreOf(row)?.score ?? null })),
        chosen: sorted.findIndex((row) => row.rosterYear === year),
        name: t("quality.score"),
        unit: t("quality.points"),
        format: pointsText,
        max: 100,
      }),
    [sorted, year, t],
  );
  const choose = (chosen: number | undefined): void => {
    if (chosen !== undefined) go((old) => changeSearch(closeList(old), { year: chosen }));
  };
  const count = (key: "workers" | "errorRows" | "warningRows" | "incompleteRows") => ({
    key,
    title: t(`quality.${key}`),
    align: "right" as const,
    render: (_: unknown, row: QualityRow) => <span className="number">{words.number(row[key])}</span>,
  });
  return (
    <ChartAndTable
      title={t("quality.trend")}
      note={sorted.length < 2 ? t("quality.noTrend") : undefined}
      footer={t("quality.trendHint")}
      testId="quality-trend"
      chart={
        <Chart
          option={option}
          height={Math.min(420, Math.max(220, 48 + 35 * sorted.length))}
          label={t("quality.trend")}
          testId="chart-trend"
          onSelect={(index) => choose(sorted[index]?.rosterYear)}
        />
      }
      table={
        <Table<QualityRow>
          size="small"
          pagination={false}
          aria-label={t("quality.trend")}
          dataSource={[...sorted].reverse()}
          rowKey="rosterYear"
          scroll={{ x: true }}
          rowClassName={(row) => (row.rosterYear === year ? "chosen-row" : "")}
          columns={[
            {
              key: "year",
              title: t("rosters.year"),
              render: (_, row) => (
                <Button
                  type="link"
                  className="inline-button number"
                  aria-current={row.rosterYear === year ? "true" : undefined}
                  onClick={() => choose(row.rosterYear)}
                >
                  {t("rosters.yearEnd", { year: row.rosterYear })}
                </Button>
              ),
            },
            {
              key: "score",
              title: `${t("quality.score")}${t("common.aside", { text: t("quality.points") })}`,
              align: "right",
              render: (_, row) => {
                const score = scoreOf(row);
                return (
                  <strong className="number" data-testid={`trend-${row.rosterYear}`}>
                    {score ? pointsText(score.score) : t("common.dash")}
                  </strong>
                );
              },
            },
            {
              key: "lost",
              title: t("quality.lost"),
              align: "right",
              render: (_, row) => {
                const score = scoreOf(row);
                return <span className="number">{score ? lostText(100 - score.score) : t("common.dash")}</span>;
              },
            },
            count("workers"),
            count("errorRows"),
            count("warningRows"),
            count("incompleteRows"),
          ]}
        />
      }
    />
  );
}
