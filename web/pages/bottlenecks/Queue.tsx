import { Card, Tooltip } from "antd";
import { type JSX, useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type QueueRow, useQueue } from "../../api/modelled.ts";
import { columnWidth } from "../../parts/column-width.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { SaveRows } from "../../parts/SaveRows.tsx";
import { EmptyState, Loaded } from "../../parts/States.tsx";
import { TableTools } from "../../parts/TableTools.tsx";
import { useWords } from "../../parts/words.ts";
import { checkAddress } from "../../state/drill.ts";
import { useFilters } from "../../state/use-filters.ts";
import { useQuotaLevel } from "../../state/use-quota-level.ts";

const widths = {
  ...{ name: 132, unit: 140, district: 84, trade: 108, since: 92, times: 92, position: 72, retires: 92, left: 92 },
  ...{ chance: 92, wait: 80, beforeRetirement: 96 },
} as const;
const width = Object.values(widths).reduce((sum, px) => sum + px, 0);

const text = (a: string | null | undefined, b: string | null | undefined): number =>
  (a ?? "").localeCompare(b ?? "", "zh-CN");
/** Null last: not told. */
const compare = (a: number | null, b: number | null): number =>
  (a ?? Number.MAX_SAFE_INTEGER) - (b ?? Number.MAX_SAFE_INTEGER);

function Rows({ rows }: { readonly rows: readonly QueueRow[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { filters } = useFilters();
  const [sought, setSought] = useState("");
  const wanted = useDeferredValue(sought).trim().toLowerCase();
  const listed = useMemo(() => {
    const holds = (value: string | null | undefined): boolean => value?.toLowerCase().includes(wanted) ?? false;
    return rows.filter(
      (row) => wanted === "" || holds(row.name) || holds(row.workerId) || holds(row.unitName) || holds(row.trade),
    );
  }, [rows, wanted]);
  const px = (name: keyof typeof widths): number => columnWidth(words.language, widths[name]);
  const dash = t("common.dash");
  const title = t("bottlenecks.queueTitle");
  // equals share the middle position
  const place = (n: number): string => (Number.isInteger(n) ? words.number(n) : words.oneDecimal(n));
  const figure = (
    key:
      | "waitingSince"
      | "timesWithoutPlace"
      | "queuePosition"
      | "yearsLeft"
      | "chance"
      | "expectedWait"
      | "selectedBeforeRetirement",
    column: keyof typeof widths,
    heading: string,
    say: (n: number) => string,
    hint?: string,
  ) => ({
    key,
    title: hint ? <Tooltip title={hint}>{heading}</Tooltip> : heading,
    align: "right" as const,
    width: px(column),
    sorter: (a: QueueRow, b: QueueRow) => compare(a[key], b[key]),
    render: (_: unknown, row: QueueRow) => {
      const value = row[key];
      return (
        <span className="number" data-testid={`queue-${key}-${row.workerId}`}>
          {value === null ? (key === "expectedWait" ? t("bottlenecks.never") : dash) : say(value)}
        </span>
      );
    },
  });
  return (
    <>
      <TableTools
        sought={sought}
        onSeek={setSought}
        hint={t("bottlenecks.searchQueue")}
        shown={t("bottlenecks.queueShown", { n: words.number(listed.length) })}
        shownTestId="queue-shown"
        save={
          <SaveRows
            name={title}
            rows={listed}
            testId="queue-csv"
            columns={[
              { heading: t("people.workerId"), value: (row) => row.workerId },
              { heading: t("people.name"), value: (row) => row.name },
              { heading: t("quota.unit"), value: (row) => row.unitName },
              { heading: t("quota.district"), value: (row) => row.districtName },
              { heading: t("quota.trade"), value: (row) => row.trade },
              { heading: t("people.targetLevel"), value: (row) => words.level(row.targetLevel) },
              { heading: t("bottlenecks.waitingSince"), value: (row) => row.waitingSince },
              { heading: t("bottlenecks.timesWithout"), value: (row) => row.timesWithoutPlace },
              { heading: t("bottlenecks.position"), value: (row) => row.queuePosition },
              { heading: t("bottlenecks.retiresOn"), value: (row) => row.retiresOn },
              { heading: t("bottlenecks.yearsLeft"), value: (row) => row.yearsLeft },
              { heading: t("bottlenecks.chance"), value: (row) => row.chance },
              { heading: t("bottlenecks.wait"), value: (row) => row.expectedWait },
              { heading: t("bottlenecks.beforeRetirement"), value: (row) => row.selectedBeforeRetirement },
            ]}
          />
        }
      />
      <DataTable<QueueRow>
        label={title}
        testId="queue-table"
        width={columnWidth(words.language, width)}
        reserve={110}
        minHeight={320}
        dataSource={listed}
        rowKey={(row) => `${row.workerId}|${row.targetLevel}`}
        locale={{ emptyText: <EmptyState text={t("bottlenecks.noQueue")} /> }}
        columns={[
          {
            ...{ key: "name", title: t("people.name"), width: px("name"), fixed: "left", ellipsis: true },
            sorter: (a, b) => text(a.name, b.name),
            render: (_, row) => (
              <Link to={checkAddress(row.workerId, filters, { level: row.targetLevel })}>
                {row.name ?? row.workerId}
                <span className="muted worker-number">{row.name === null ? "" : ` ${row.workerId}`}</span>
              </Link>
            ),
          },
          {
            ...{ key: "unit", title: t("quota.unit"), width: px("unit"), ellipsis: true },
            sorter: (a, b) => text(a.unitName, b.unitName),
            render: (_, row) => <span title={row.unitName}>{row.unitName}</span>,
          },
          {
            ...{ key: "district", title: t("quota.district"), width: px("district"), ellipsis: true },
            sorter: (a, b) => text(a.district, b.district),
            render: (_, row) => row.districtName,
          },
          {
            ...{ key: "trade", title: t("quota.trade"), width: px("trade"), ellipsis: true },
            sorter: (a, b) => text(a.trade, b.trade),
            render: (_, row) => row.trade,
          },
          figure("waitingSince", "since", t("bottlenecks.waitingSince"), String, t("bottlenecks.waitingSinceHint")),
          figure("timesWithoutPlace", "times", t("bottlenecks.timesWithout"), words.number),
          figure("queuePosition", "position", t("bottlenecks.position"), place, t("bottlenecks.positionHint")),
          {
            ...{ key: "retiresOn", title: t("bottlenecks.retiresOn"), align: "right", width: px("retires") },
            sorter: (a, b) => text(a.retiresOn, b.retiresOn),
            render: (_, row) => <span className="number">{row.retiresOn ?? dash}</span>,
          },
          figure("yearsLeft", "left", t("bottlenecks.yearsLeft"), words.number),
          figure("chance", "chance", t("bottlenecks.chance"), words.percent, t("bottlenecks.chanceHint")),
          figure("expectedWait", "wait", t("bottlenecks.wait"), words.oneDecimal, t("bottlenecks.waitHint")),
          figure(
            "selectedBeforeRetirement",
            "beforeRetirement",
            t("bottlenecks.beforeRetirement"),
            words.percent,
            t("bottlenecks.personRetirementHint"),
          ),
        ]}
      />
    </>
  );
}

/** 排队人员: who waits for a place, and who may not have one before retirement. */
export function Queue(): JSX.Element {
  const { t } = useTranslation();
  const { query, year } = useFilters();
  const { level } = useQuotaLevel();
  const answer = useQueue({ ...query, level, by: "" }, year !== undefined);
  return (
    <Card
      size="small"
      className="section-card"
      title={<h2 className="card-title">{t("bottlenecks.queueTitle")}</h2>}
      data-testid="bottleneck-queue"
    >
      <p className="section-note">{t("bottlenecks.queueNote")}</p>
      <Loaded query={answer} rows={6}>
        {(rows) => (rows.length === 0 ? <EmptyState text={t("bottlenecks.noQueue")} /> : <Rows rows={rows} />)}
      </Loaded>
    </Card>
  );
}
