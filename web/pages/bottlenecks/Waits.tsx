import { Card } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { type OutlookRow, useOutlook } from "../../api/modelled.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { SaveRows } from "../../parts/SaveRows.tsx";
import { EmptyState, Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { useFilters } from "../../state/use-filters.ts";
import { useQuotaLevel } from "../../state/use-quota-level.ts";

const widths = { trade: 200, waited: 120, ended: 120, observed: 220, queue: 100, expected: 180 } as const;
const width = Object.values(widths).reduce((sum, px) => sum + px, 0);
/** Waits below which the server tells no median. */
const fewest = 5;

function Rows({ rows }: { readonly rows: readonly OutlookRow[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const dash = t("common.dash");
  const title = t("bottlenecks.waits.title");
  const observed = (row: OutlookRow): string => {
    if (row.observedWait !== null) return t("bottlenecks.waits.years", { n: row.observedWait });
    return t((row.waited ?? 0) < fewest ? "bottlenecks.waits.few" : "bottlenecks.waits.notHalf");
  };
  const expected = (row: OutlookRow): string => {
    if (row.expectedWait !== null) return t("bottlenecks.waits.years", { n: words.oneDecimal(row.expectedWait) });
    return row.queue ? t("bottlenecks.never") : dash;
  };
  const count = (key: "waited" | "waitEnded" | "queue", column: keyof typeof widths, heading: string) => ({
    ...{ key, title: heading, align: "right" as const, width: widths[column] },
    sorter: (a: OutlookRow, b: OutlookRow) => (a[key] ?? 0) - (b[key] ?? 0),
    render: (_: unknown, row: OutlookRow) => (
      <span className="number">{row[key] === null ? dash : words.number(row[key])}</span>
    ),
  });
  return (
    <>
      <div className="table-tools">
        <SaveRows
          name={title}
          rows={rows}
          testId="waits-csv"
          columns={[
            { heading: t("quota.trade"), value: (row) => row.trade },
            { heading: t("filters.level"), value: (row) => words.level(row.targetLevel) },
            { heading: t("bottlenecks.waits.waited"), value: (row) => row.waited },
            { heading: t("bottlenecks.waits.ended"), value: (row) => row.waitEnded },
            { heading: t("bottlenecks.waits.observed"), value: (row) => row.observedWait },
            { heading: t("bottlenecks.queue"), value: (row) => row.queue },
            { heading: t("bottlenecks.waits.expected"), value: (row) => row.expectedWait },
          ]}
        />
      </div>
      <DataTable<OutlookRow>
        label={title}
        testId="waits-table"
        width={width}
        reserve={110}
        minHeight={260}
        dataSource={rows}
        rowKey={(row) => `${row.trade}|${row.targetLevel}`}
        columns={[
          {
            ...{ key: "trade", title: t("quota.trade"), width: widths.trade, ellipsis: true },
            render: (_, row) => row.trade ?? dash,
          },
          count("waited", "waited", t("bottlenecks.waits.waited")),
          count("waitEnded", "ended", t("bottlenecks.waits.ended")),
          {
            ...{ key: "observed", title: t("bottlenecks.waits.observed"), align: "right", width: widths.observed },
            render: (_, row) => (
              <span className="number" data-testid={`observed-wait-${row.trade}`}>
                {observed(row)}
              </span>
            ),
          },
          count("queue", "queue", t("bottlenecks.queue")),
          {
            ...{ key: "expected", title: t("bottlenecks.waits.expected"), align: "right", width: widths.expected },
            render: (_, row) => <span className="number">{expected(row)}</span>,
          },
        ]}
      />
    </>
  );
}

/** 等待年数: how long people of a trade waited for a place, beside how long who waits now will wait. */
export function Waits(): JSX.Element {
  const { t } = useTranslation();
  const { query, year } = useFilters();
  const { level } = useQuotaLevel();
  const answer = useOutlook({ ...query, level, by: "trade,level" }, year !== undefined);
  return (
    <Card
      size="small"
      className="section-card"
      title={<h2 className="card-title">{t("bottlenecks.waits.title")}</h2>}
      data-testid="bottleneck-waits"
    >
      <p className="section-note">{t("bottlenecks.waits.note")}</p>
      <Loaded query={answer} rows={6}>
        {(all) => {
          const rows = all
            .filter(({ waited, queue }) => (waited ?? 0) + (queue ?? 0) > 0)
            .sort((a, b) => (b.waited ?? 0) - (a.waited ?? 0));
          return rows.length === 0 ? <EmptyState text={t("bottlenecks.waits.none")} /> : <Rows rows={rows} />;
        }}
      </Loaded>
    </Card>
  );
}
