import { Flex, Segmented, Switch, Table, Tooltip } from "antd";
import { type JSX, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { type OutlierMeasure, type OutlierRow, outlierMeasures, useOutliers } from "../../api/modelled.ts";
import type { Signal } from "../../api/types.ts";
import { Chart } from "../../charts/Chart.tsx";
import { type FunnelPoint, funnelPlot } from "../../charts/options/funnel-plot.ts";
import { ChartAndTable } from "../../parts/ChartAndTable.tsx";
import { SaveRows } from "../../parts/SaveRows.tsx";
import { EmptyState, Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { bottleneckAddress, unknownTrade } from "../../state/drill.ts";
import type { FilterChange } from "../../state/filters.ts";
import { useFilters } from "../../state/use-filters.ts";
import { Modelled } from "./Modelled.tsx";
import { adjusted, sortedOutliers, usualOf } from "./outlier-groups.ts";
import { type OutlierGroup, outlierGroupings, usePart } from "./part-state.ts";
import { SignalMark, SignalsFound } from "./Signals.tsx";

const keyOf = (row: OutlierRow): string => row.unit ?? row.district ?? row.trade ?? "";

function cellOf(group: OutlierGroup, row: OutlierRow): FilterChange {
  switch (group) {
    case "unit":
      return { unit: row.unit };
    case "district":
      return { district: row.district };
    case "trade":
      return { trade: row.trade ?? unknownTrade };
  }
}

interface Shown {
  readonly rows: readonly OutlierRow[];
  readonly group: OutlierGroup;
  readonly gate: OutlierMeasure;
}

function Picture({ rows, group, gate }: Shown): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const navigate = useNavigate();
  const id = useId();
  const { filters } = useFilters();
  const [onlySignals, setOnlySignals] = useState(false);
  const sorted = useMemo(() => sortedOutliers(rows), [rows]);
  const drawn = useMemo(() => sorted.filter(({ signal }) => signal !== "few"), [sorted]);
  const nameOf = useMemo(
    () =>
      (row: OutlierRow): string =>
        (group === "unit" ? row.unitName : group === "district" ? row.districtName : row.trade) ?? t("common.noTrade"),
    [group, t],
  );
  const rateName = t(`bottlenecks.gateRate.${gate}`);
  const option = useMemo(() => {
    const usual = usualOf(drawn);
    const points = drawn.map((row): FunnelPoint => {
      const own = `${words.percent(row.rate)}（${words.number(row.observed)} / ${words.number(row.people)}）`;
      return {
        name: nameOf(row),
        people: row.people,
        rate: adjusted(row, usual),
        signal: row.signal === "few" ? "inside" : row.signal,
        lines: [
          `${rateName}${t("common.colon")}${own}`,
          `${t("bottlenecks.usual")}${t("common.colon")}${words.percent(row.expectedRate)}（${words.oneDecimal(row.expected)}）`,
          t(`bottlenecks.signal.${row.signal}`),
        ],
      };
    });
    return funnelPlot({
      points,
      usual,
      between: drawn[0]?.between ?? 0,
      names: { groups: t(`filters.${group}`), usual: t("bottlenecks.usual"), limits: t("bottlenecks.limits") },
      axes: { people: t(`bottlenecks.gatePeople.${gate}`), rate: t("bottlenecks.gateAdjusted", { rate: rateName }) },
      percent: words.percent,
      format: words.number,
    });
  }, [drawn, words, t, nameOf, group, gate, rateName]);
  const count = (signal: Signal): number => rows.filter((row) => row.signal === signal).length;
  const [above, below, few] = [count("above"), count("below"), count("few")];
  const listed = onlySignals ? sorted.filter(({ signal }) => signal === "above" || signal === "below") : sorted;
  const [first] = rows;
  if (!first) return <EmptyState text={t("bottlenecks.noModel")} />;
  const { windowFrom: from, windowTo: to } = first;
  const people = (row: OutlierRow): string =>
    bottleneckAddress(
      gate === "applicants" ? "applied" : "passed",
      { ...filters, year: to },
      cellOf(group, row),
      "outliers",
      {
        ...{ group, gate },
      },
    );
  const number = (
    key: "people" | "observed" | "expected" | "difference",
    title: string,
    say: (n: number) => string,
    width: number,
  ) => ({
    ...{ key, title, width, align: "right" as const },
    sorter: (a: OutlierRow, b: OutlierRow) => a[key] - b[key],
    render: (_: unknown, row: OutlierRow) => (
      <span className="number" data-testid={`outlier-${key}-${keyOf(row)}`}>
        {say(row[key])}
      </span>
    ),
  });
  const title = t(`bottlenecks.outliersTitle.${gate}`);
  const observed = t(`bottlenecks.gateObserved.${gate}`);
  return (
    <Flex vertical gap={16}>
      <SignalsFound above={above} below={below} testId="outlier-signals" />
      <ChartAndTable
        title={title}
        testId="bottleneck-outliers"
        note={t("bottlenecks.outliersNote", { from, to })}
        extra={
          <Flex gap={16} align="center">
            <span className="filter-field">
              <Switch id={`${id}-signals`} size="small" checked={onlySignals} onChange={setOnlySignals} />
              <label htmlFor={`${id}-signals`}>{t("bottlenecks.onlySignals")}</label>
            </span>
            <SaveRows
              name={`${title}-${from}-${to}`}
              rows={listed}
              testId="outlier-csv"
              columns={[
                { heading: t(`filters.${group}`), value: nameOf },
                { heading: t(`bottlenecks.gatePeople.${gate}`), value: (row) => row.people },
                { heading: observed, value: (row) => row.observed },
                { heading: t("bottlenecks.usual"), value: (row) => row.expected },
                { heading: t("bottlenecks.difference"), value: (row) => row.difference },
                { heading: rateName, value: (row) => row.rate },
                { heading: t("bottlenecks.expectedShare"), value: (row) => row.expectedRate },
                { heading: t("bottlenecks.shrunk"), value: (row) => row.shrunk },
                { heading: t("bottlenecks.falseDiscovery"), value: (row) => row.falseDiscovery },
                { heading: t("bottlenecks.signalTitle"), value: (row) => t(`bottlenecks.signal.${row.signal}`) },
              ]}
            />
          </Flex>
        }
        footer={
          <>
            {t("bottlenecks.outliersFooter")}
            {few > 0 && <span className="line">{t("bottlenecks.fewOutliers", { n: words.number(few) })}</span>}
          </>
        }
        chart={
          drawn.length === 0 ? (
            <EmptyState text={t("bottlenecks.allFew")} />
          ) : (
            <Chart
              option={option}
              height={620}
              label={title}
              testId="chart-outliers"
              onSelect={(index) => {
                const row = drawn[index];
                if (row) void navigate(people(row));
              }}
            />
          )
        }
        table={
          <Table<OutlierRow>
            size="small"
            aria-label={title}
            data-testid="outlier-rows"
            dataSource={listed}
            rowKey={keyOf}
            pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false, size: "small" }}
            showSorterTooltip={false}
            scroll={{ x: true }}
            locale={{ emptyText: <EmptyState text={t("bottlenecks.signalsNone")} /> }}
            columns={[
              {
                ...{ key: "name", title: t(`filters.${group}`), className: "pass-group" },
                sorter: (a, b) => nameOf(a).localeCompare(nameOf(b), "zh-CN"),
                render: (_, row) => (
                  <Link
                    to={people(row)}
                    aria-label={t("bottlenecks.outlierPeople", { name: nameOf(row), year: to, what: observed })}
                  >
                    {nameOf(row)}
                  </Link>
                ),
              },
              number("people", t(`bottlenecks.gateCount.${gate}`), words.number, 76),
              number("observed", observed, words.number, 64),
              number("expected", t("bottlenecks.usual"), words.oneDecimal, 68),
              number("difference", t("bottlenecks.difference"), words.signed, 84),
              {
                ...{ key: "rate", title: rateName, align: "right", width: 112 },
                sorter: (a, b) => a.rate - b.rate,
                render: (_, row) => (
                  <span className="number rate">
                    {words.percent(row.rate)}
                    <Tooltip title={t("bottlenecks.shrunkHint")}>
                      <span className="muted line">
                        {t("bottlenecks.shrunkLine", { share: words.percent(row.shrunk) })}
                      </span>
                    </Tooltip>
                  </span>
                ),
              },
              {
                ...{ key: "signal", title: t("bottlenecks.signalTitle"), width: 100 },
                sorter: (a, b) => (a.z ?? 0) - (b.z ?? 0),
                render: (_, row) => <SignalMark signal={row.signal} />,
              },
            ]}
          />
        }
      />
    </Flex>
  );
}

function Asked(): JSX.Element {
  const { query, year } = useFilters();
  const { group, gate } = usePart();
  const answer = useOutliers({ ...query, by: group }, year !== undefined);
  return (
    <Loaded query={answer} rows={12}>
      {(rows) => (
        <div aria-busy={answer.isPlaceholderData}>
          <Picture
            rows={rows.filter(({ measure }) => measure === gate)}
            group={group}
            gate={gate}
            key={`${group}${gate}`}
          />
        </div>
      )}
    </Loaded>
  );
}

/** 异常: units, trades and districts where more or fewer come forward, or pass, than the model expects of people like theirs. */
export function Outliers(): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const { group, gate, set } = usePart();
  return (
    <Flex vertical gap={16}>
      <Flex gap="8px 24px" wrap align="center">
        <div className="filter-field" data-testid="outlier-gate">
          <span id={`${id}-gate`}>{t("bottlenecks.gateLabel")}</span>
          <Segmented<OutlierMeasure>
            aria-labelledby={`${id}-gate`}
            value={gate}
            options={outlierMeasures.map((value) => ({ value, label: t(`bottlenecks.gate.${value}`) }))}
            onChange={(value) => set({ gate: value })}
          />
        </div>
        <div className="filter-field" data-testid="outlier-by">
          <span id={`${id}-by`}>{t("bottlenecks.byLabel")}</span>
          <Segmented<OutlierGroup>
            aria-labelledby={`${id}-by`}
            value={group}
            options={outlierGroupings.map((value) => ({ value, label: t(`bottlenecks.by.${value}`) }))}
            onChange={(value) => set({ group: value })}
          />
        </div>
      </Flex>
      <Modelled testId="outliers">
        <Asked />
      </Modelled>
    </Flex>
  );
}
