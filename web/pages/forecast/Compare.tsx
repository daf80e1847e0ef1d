import { Card, Flex, Select, Table } from "antd";
import { type JSX, useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useForecast, useForecastWork, useHistory } from "../../api/forecast-hooks.ts";
import { type ForecastMeasure, type ForecastRow, forecastMeasures, type HistoryRow } from "../../api/forecast-types.ts";
import { Chart } from "../../charts/Chart.tsx";
import { forecastBands } from "../../charts/options/forecast-bands.ts";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { useFilters } from "../../state/use-filters.ts";
import { endOf } from "./band-points.ts";
import { type CompareRow, compareRows } from "./compare-rows.ts";
import { useForecastState } from "./forecast-state.ts";
import { Preparing } from "./Preparing.tsx";

interface Forecasts {
  readonly now: readonly ForecastRow[];
  readonly earlier: readonly ForecastRow[];
  readonly history: readonly HistoryRow[];
}

function Picture({
  answers,
  rows,
  measure,
  origins,
}: {
  readonly answers: Forecasts;
  readonly rows: readonly CompareRow[];
  readonly measure: ForecastMeasure;
  readonly origins: { readonly now: number; readonly earlier: number };
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const title = t("forecast.compare.chart", { measure: t(`forecast.measure.${measure}`) });
  const option = useMemo(() => {
    const before = answers.history
      .filter(({ examYear }) => examYear <= origins.earlier)
      .map((row) => ({ year: row.examYear, actual: row[measure] }));
    const none = { mean: null, low80: null, high80: null, low95: null, high95: null, other: null };
    const points = [
      ...before.map((point) => ({ ...none, ...point })),
      ...rows.map(({ year, actual, earlier, now }) => ({
        year,
        actual,
        mean: earlier?.[measure] ?? null,
        low80: earlier ? endOf(earlier, measure, "Low80") : null,
        high80: earlier ? endOf(earlier, measure, "High80") : null,
        low95: earlier ? endOf(earlier, measure, "Low95") : null,
        high95: earlier ? endOf(earlier, measure, "High95") : null,
        other: now?.[measure] ?? null,
      })),
    ];
    return forecastBands({
      points,
      names: {
        actual: t("forecast.actual"),
        forecast: t("forecast.compare.of", { year: origins.earlier }),
        band80: t("forecast.band80"),
        band95: t("forecast.band95"),
        other: t("forecast.compare.of", { year: origins.now }),
      },
      axes: { year: t("filters.year"), value: t(`scenarios.unit.${measure}`) },
      format: words.number,
      mean: words.oneDecimal,
      legend: true,
    });
  }, [answers.history, rows, measure, origins, words, t]);
  return <Chart option={option} height={320} label={title} testId="compare-chart" />;
}

function Numbers({
  rows,
  measure,
  origins,
}: {
  readonly rows: readonly CompareRow[];
  readonly measure: ForecastMeasure;
  readonly origins: { readonly now: number; readonly earlier: number };
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const dash = t("common.dash");
  const mean = (row: ForecastRow | undefined): string => {
    const value = row?.[measure] ?? null;
    return value === null ? dash : words.oneDecimal(value);
  };
  const interval = (row: ForecastRow | undefined): string => {
    const [low, high] = row ? [endOf(row, measure, "Low80"), endOf(row, measure, "High80")] : [null, null];
    return low === null || high === null ? "" : `${words.number(low)}–${words.number(high)}`;
  };
  const forecast = (key: "earlier" | "now") => ({
    key,
    title: t("forecast.compare.of", { year: origins[key] }),
    align: "right" as const,
    render: (_: unknown, row: CompareRow) => (
      <span className="number">
        <span data-testid={`compare-${key}-${row.year}`}>{mean(row[key])}</span>
        <span className="line small muted nowrap">{interval(row[key])}</span>
      </span>
    ),
  });
  return (
    <Table<CompareRow>
      size="small"
      aria-label={t("forecast.compare.title")}
      dataSource={rows}
      rowKey="year"
      pagination={false}
      scroll={{ x: true }}
      columns={[
        { key: "year", title: t("filters.year"), dataIndex: "year" },
        forecast("earlier"),
        {
          ...{ key: "actual", title: t("forecast.actual"), align: "right" },
          render: (_, { year, actual }) => (
            <span className="number" data-testid={`compare-actual-${year}`}>
              {actual === null ? dash : words.number(actual)}
            </span>
          ),
        },
        {
          ...{ key: "error", title: t("forecast.compare.error"), align: "right" },
          render: (_, { error, actual }) => (
            <span className="number">
              {error === null ? dash : `${error > 0 ? "+" : ""}${words.oneDecimal(error)}`}
              {error !== null && actual !== null && actual > 0 && (
                <span className="line small muted">{words.percent(error / actual)}</span>
              )}
            </span>
          ),
        },
        {
          ...{ key: "within", title: t("forecast.compare.within") },
          render: (_, { within }) => (within === null ? dash : t(`forecast.compare.lies.${within}`)),
        },
        forecast("now"),
      ]}
    />
  );
}

function Both({ now, earlier }: { readonly now: number; readonly earlier: number }): JSX.Element {
  const { t } = useTranslation();
  const { filters } = useFilters();
  const { origin, measure } = useForecastState();
  const { level, district, trade, unit } = filters;
  const query = { level, district, trade, unit, by: "" };
  const work = useForecastWork(earlier, true);
  const before = useForecast({ ...query, origin: earlier }, work.ready);
  const present = useForecast({ ...query, origin }, true);
  const history = useHistory(query, true);
  const answers = useMemo(
    () =>
      before.data && present.data && history.data
        ? { now: present.data, earlier: before.data, history: history.data }
        : undefined,
    [before.data, present.data, history.data],
  );
  const rows = useMemo(
    () => (answers ? compareRows(measure, answers.now, answers.earlier, answers.history) : []),
    [answers, measure],
  );
  if (!work.ready)
    return (
      <Preparing
        work={work}
        title={t("forecast.compare.preparing", { year: earlier })}
        failed={t("forecast.preparing.failed")}
        testId="compare-preparing"
      />
    );
  return (
    <Loaded query={{ data: answers, error: before.error ?? present.error ?? history.error }} rows={8}>
      {(all) => (
        <div className="chart-and-table">
          <div className="chart-side">
            <Picture answers={all} rows={rows} measure={measure} origins={{ now, earlier }} />
          </div>
          <div className="table-side">
            <Numbers rows={rows} measure={measure} origins={{ now, earlier }} />
          </div>
        </div>
      )}
    </Loaded>
  );
}

/** 与以前的预测比较: what was forecast from an earlier roster, what became of it, and what is forecast now. */
export function Compare({ origin }: { readonly origin: number }): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const { rosterYears } = useAppMeta();
  const { compare, measure, set } = useForecastState();
  const earlier = [...rosterYears].filter((year) => year < origin).sort((a, b) => b - a);
  const chosen = earlier.find((year) => year === compare);
  return (
    <Card
      size="small"
      className="section-card"
      data-testid="forecast-compare"
      title={<h2 className="card-title">{t("forecast.compare.title")}</h2>}
    >
      <p className="section-note">{t("forecast.compare.note")}</p>
      {earlier.length === 0 ? (
        <p className="muted">{t("forecast.compare.none")}</p>
      ) : (
        <Flex vertical gap={12}>
          <Flex gap="8px 24px" wrap align="center">
            <div className="filter-field" data-testid="compare-origin">
              <label htmlFor={`${id}-origin`}>{t("forecast.compare.choose")}</label>
              <Select
                id={`${id}-origin`}
                value={chosen ?? null}
                placeholder={t("forecast.compare.placeholder")}
                allowClear
                style={{ width: 190 }}
                options={earlier.map((year) => ({ value: year, label: t("rosters.yearEnd", { year }) }))}
                onChange={(year: number | null | undefined) => set({ compare: year ?? undefined })}
              />
            </div>
            {chosen !== undefined && (
              <div className="filter-field" data-testid="compare-measure">
                <label htmlFor={`${id}-measure`}>{t("forecast.measureLabel")}</label>
                <Select<ForecastMeasure>
                  id={`${id}-measure`}
                  value={measure}
                  style={{ width: 140 }}
                  options={forecastMeasures.map((value) => ({ value, label: t(`forecast.measure.${value}`) }))}
                  onChange={(value) => set({ measure: value })}
                />
              </div>
            )}
          </Flex>
          {chosen !== undefined && <Both now={origin} earlier={chosen} key={chosen} />}
        </Flex>
      )}
    </Card>
  );
}
