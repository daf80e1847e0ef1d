import { Flex, Segmented, Switch, Table } from "antd";
import { type JSX, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { usePassRates } from "../../api/hooks.ts";
import type { PassMeasure, PassRateRow, Signal } from "../../api/types.ts";
import { Chart } from "../../charts/Chart.tsx";
import { type FunnelPoint, funnelPlot } from "../../charts/options/funnel-plot.ts";
import { ChartAndTable } from "../../parts/ChartAndTable.tsx";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { EmptyState, Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { bottleneckAddress, unknownTrade } from "../../state/drill.ts";
import type { FilterChange } from "../../state/filters.ts";
import { useFilters } from "../../state/use-filters.ts";
import { NotYet } from "./NotYet.tsx";
import { type GroupBy, groupings, usePart } from "./part-state.ts";
import { adjustedRate, sortedGroups, usualRate } from "./pass-groups.ts";
import { SignalMark, SignalsFound } from "./Signals.tsx";

function cellOf(by: GroupBy, row: PassRateRow): FilterChange {
  switch (by) {
    case "district":
      return { district: row.district };
    case "unit":
      return { unit: row.unit };
    case "trade":
      return { trade: row.trade ?? unknownTrade };
    default:
      return { level: row.targetLevel };
  }
}

function Picture({ rows, by }: { readonly rows: readonly PassRateRow[]; readonly by: GroupBy }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const navigate = useNavigate();
  const id = useId();
  const { filters } = useFilters();
  const [onlySignals, setOnlySignals] = useState(false);
  const sorted = useMemo(() => sortedGroups(rows), [rows]);
  const drawn = useMemo(() => sorted.filter(({ signal }) => signal !== "few"), [sorted]);
  const people = (measure: PassMeasure, row: PassRateRow): string =>
    bottleneckAddress(measure, filters, cellOf(by, row), "passes", { by });
  const nameOf = useMemo(
    () =>
      (row: PassRateRow): string => {
        if (by === "district") return row.districtName ?? "";
        if (by === "unit") return row.unitName ?? "";
        if (by === "trade") return row.trade ?? t("common.noTrade");
        return words.level(row.targetLevel);
      },
    [by, words, t],
  );
  const option = useMemo(() => {
    const usual = usualRate(drawn);
    const points = drawn.map((row): FunnelPoint => {
      const share = (value: number | null): string => (value === null ? t("common.dash") : words.percent(value));
      return {
        name: nameOf(row),
        people: row.examined,
        rate: adjustedRate(row, usual),
        signal: row.signal === "few" ? "inside" : row.signal,
        lines: [
          `${t("bottlenecks.passRate")}${t("common.colon")}${share(row.passRate)}（${row.passed} / ${row.examined}）`,
          `${t("bottlenecks.expectedRate")}${t("common.colon")}${share(row.expectedRate)}`,
          t(`bottlenecks.signal.${row.signal}`),
        ],
      };
    });
    return funnelPlot({
      points,
      usual,
      between: drawn[0]?.between ?? 0,
      names: {
        groups: t("bottlenecks.group"),
        usual: t("bottlenecks.usual"),
        limits: t("bottlenecks.limits"),
      },
      axes: { people: t("bottlenecks.examinedCount"), rate: t("bottlenecks.adjustedRate") },
      percent: (share) => words.percent(share),
      format: words.number,
    });
  }, [drawn, words, t, nameOf]);
  const count = (signal: Signal): number => rows.filter((row) => row.signal === signal).length;
  const [above, below, few] = [count("above"), count("below"), count("few")];
  const opening = (column: "examined" | "passed", measure: PassMeasure) => ({
    key: column,
    title: t(`measure.${measure}`),
    align: "right" as const,
    width: 64,
    sorter: (a: PassRateRow, b: PassRateRow) => a[column] - b[column],
    render: (_: unknown, row: PassRateRow) => (
      <NumberLink
        value={row[column]}
        name={`${nameOf(row)} ${t(`measure.${measure}`)}`}
        to={people(measure, row)}
        testId={`${column}-${row.district ?? row.unit ?? row.trade ?? row.targetLevel ?? ""}`}
      />
    ),
  });
  const listed = onlySignals ? sorted.filter(({ signal }) => signal === "above" || signal === "below") : sorted;
  return (
    <Flex vertical gap={16}>
      <SignalsFound above={above} below={below} testId="pass-signals" />
      <ChartAndTable
        title={t("bottlenecks.passesTitle")}
        testId="bottleneck-passes"
        note={t("bottlenecks.passesNote")}
        extra={
          <span className="filter-field">
            <Switch id={`${id}-signals`} size="small" checked={onlySignals} onChange={setOnlySignals} />
            <label htmlFor={`${id}-signals`}>{t("bottlenecks.onlySignals")}</label>
          </span>
        }
        footer={
          <>
            {t("bottlenecks.passesFooter")}
            {few > 0 && <span className="line">{t("bottlenecks.fewGroups", { n: words.number(few) })}</span>}
          </>
        }
        chart={
          drawn.length === 0 ? (
            <EmptyState />
          ) : (
            <Chart
              option={option}
              height={560}
              label={t("bottlenecks.passesTitle")}
              testId="chart-passes"
              onSelect={(index) => {
                const row = drawn[index];
                if (row) void navigate(people("examined", row));
              }}
            />
          )
        }
        table={
          <Table<PassRateRow>
            size="small"
            aria-label={t("bottlenecks.passesTitle")}
            data-testid="pass-rows"
            dataSource={listed}
            rowKey={(row) => row.district ?? row.unit ?? row.trade ?? row.targetLevel ?? ""}
            pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false, size: "small" }}
            showSorterTooltip={false}
            scroll={{ x: true }}
            locale={{ emptyText: <EmptyState text={t("bottlenecks.signalsNone")} /> }}
            columns={[
              {
                ...{ key: "name", title: t(`filters.${by}`), className: "pass-group" },
                sorter: (a, b) => nameOf(a).localeCompare(nameOf(b), "zh-CN"),
                render: (_, row) => nameOf(row),
              },
              opening("examined", "examined"),
              opening("passed", "passed"),
              {
                ...{ key: "passRate", title: t("bottlenecks.passRate"), align: "right", width: 112 },
                sorter: (a, b) => (a.passRate ?? -1) - (b.passRate ?? -1),
                render: (_, row) =>
                  row.passRate === null || row.low95 === null || row.high95 === null ? (
                    t("common.dash")
                  ) : (
                    <span className="number rate">
                      {words.percent(row.passRate)}
                      <span className="muted line">{`${words.percent(row.low95)}–${words.percent(row.high95)}`}</span>
                    </span>
                  ),
              },
              {
                ...{ key: "expected", title: t("bottlenecks.expectedRate"), align: "right", width: 72 },
                sorter: (a, b) => (a.expectedRate ?? -1) - (b.expectedRate ?? -1),
                render: (_, row) => (
                  <span className="number">
                    {row.expectedRate === null ? t("common.dash") : words.percent(row.expectedRate)}
                  </span>
                ),
              },
              {
                ...{ key: "difference", title: t("bottlenecks.difference"), align: "right", width: 72 },
                sorter: (a, b) => a.passed - a.expected - (b.passed - b.expected),
                render: (_, row) => (
                  <span className="number">
                    {row.examined === 0 ? t("common.dash") : words.signed(row.passed - row.expected)}
                  </span>
                ),
              },
              {
                ...{ key: "signal", title: t("bottlenecks.signalTitle"), width: 96 },
                render: (_, row) => <SignalMark signal={row.signal} />,
              },
            ]}
          />
        }
      />
    </Flex>
  );
}

/** 合格率: which groups pass more or fewer people than is expected of people like theirs. */
export function PassRates(): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const { query, year } = useFilters();
  const { by, set } = usePart();
  const answer = usePassRates({ ...query, by }, year !== undefined);
  return (
    <Flex vertical gap={16}>
      <div className="filter-field" data-testid="pass-by">
        <span id={`${id}-by`}>{t("bottlenecks.byLabel")}</span>
        <Segmented<GroupBy>
          aria-labelledby={`${id}-by`}
          value={by}
          options={groupings.map((value) => ({ value, label: t(`bottlenecks.by.${value}`) }))}
          onChange={(value) => set({ by: value })}
        />
      </div>
      <Loaded query={answer} rows={12}>
        {(rows) =>
          rows.length === 0 ? (
            <NotYet year={year ?? 0} />
          ) : (
            // rows of the grouping before are of no use while the new ones are on their way
            <div aria-busy={answer.isPlaceholderData}>
              <Picture rows={rows} by={groupOf(rows, by)} />
            </div>
          )
        }
      </Loaded>
    </Flex>
  );
}

/** The grouping the rows were asked with. */
function groupOf(rows: readonly PassRateRow[], by: GroupBy): GroupBy {
  const [first] = rows;
  if (!first) return by;
  if (first.district !== undefined) return "district";
  if (first.unit !== undefined) return "unit";
  return first.targetLevel !== undefined ? "level" : "trade";
}
