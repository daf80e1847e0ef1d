import { Card, Flex, Segmented, Tooltip } from "antd";
import { type JSX, useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useQuotaPressure } from "../../api/hooks.ts";
import type { QuotaPressureRow, WindowMeasure } from "../../api/types.ts";
import { columnWidth } from "../../parts/column-width.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { EmptyState, Loaded } from "../../parts/States.tsx";
import { TableTools } from "../../parts/TableTools.tsx";
import { useWords } from "../../parts/words.ts";
import { bottleneckAddress } from "../../state/drill.ts";
import { useFilters } from "../../state/use-filters.ts";
import { useQuotaLevel } from "../../state/use-quota-level.ts";
import { Modelled } from "./Modelled.tsx";
import { Outlook } from "./Outlook.tsx";
import { pressed, pressureShows, type Show, visible } from "./pressure-rows.ts";
import { Queue } from "./Queue.tsx";
import { QuotaDistricts } from "./QuotaDistricts.tsx";
import { Waits } from "./Waits.tsx";

const widths = {
  ...{ unit: 190, district: 84, trade: 140, places: 64, candidates: 64, used: 64, overSubscription: 112 },
  ...{ oneMore: 104, queue: 68, chance: 88, wait: 92, beforeRetirement: 116, idleWithoutCandidates: 148 },
  ...{ idleWithCandidates: 148, withheld: 100, blockedByAlternation: 116 },
  ...{ transferPotential: 76 },
} as const;
const width = Object.values(widths).reduce((sum, px) => sum + px, 0);

const compareText = (a: string | null | undefined, b: string | null | undefined): number =>
  (a ?? "").localeCompare(b ?? "", "zh-CN");
const compare = (a: number | null, b: number | null): number => (a ?? -1) - (b ?? -1);

function Rows({ rows }: { readonly rows: readonly QuotaPressureRow[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { filters } = useFilters();
  const [show, setShow] = useState<Show>("onlyPressed");
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text);
  const listed = useMemo(() => visible(rows, show, wanted), [rows, show, wanted]);
  const px = (name: keyof typeof widths): number => columnWidth(words.language, widths[name]);
  const people = (measure: WindowMeasure, row: QuotaPressureRow): string =>
    bottleneckAddress(
      measure,
      filters,
      { level: row.targetLevel, unit: row.unit, trade: row.trade ?? undefined },
      "quota",
    );
  const opening = (name: "candidates" | "used" | "queue", measure: WindowMeasure, hint?: string) => ({
    key: name,
    title: hint ? <Tooltip title={hint}>{t(`bottlenecks.${name}`)}</Tooltip> : t(`bottlenecks.${name}`),
    align: "right" as const,
    width: px(name),
    sorter: (a: QuotaPressureRow, b: QuotaPressureRow) => a[name] - b[name],
    render: (_: unknown, row: QuotaPressureRow) => (
      <NumberLink
        value={row[name]}
        name={`${row.unitName} ${row.trade ?? ""} ${t(`bottlenecks.${name}`)}`}
        to={people(measure, row)}
        testId={`pressure-${name}`}
      />
    ),
  });
  const plain = (
    name:
      | "places"
      | "oneMore"
      | "idleWithoutCandidates"
      | "idleWithCandidates"
      | "withheld"
      | "blockedByAlternation"
      | "transferPotential",
    title: string,
    hint?: string,
  ) => ({
    key: name,
    title: hint ? <Tooltip title={hint}>{title}</Tooltip> : title,
    align: "right" as const,
    width: px(name),
    sorter: (a: QuotaPressureRow, b: QuotaPressureRow) => a[name] - b[name],
    render: (_: unknown, row: QuotaPressureRow) => (
      <span className="number" data-testid={`pressure-${name}`}>
        {words.number(row[name])}
      </span>
    ),
  });
  /** A figure that is not told for few candidates. */
  const reckoned = (row: QuotaPressureRow, value: number | null, say: (n: number) => string): JSX.Element =>
    row.few && row.candidates > 0 ? (
      <Tooltip title={t("bottlenecks.fewHint")}>
        <span className="muted">{t("bottlenecks.fewTag")}</span>
      </Tooltip>
    ) : (
      <span className="number">{value === null ? t("common.dash") : say(value)}</span>
    );
  return (
    <>
      <TableTools
        sought={text}
        onSeek={setText}
        hint={t("bottlenecks.searchUnit")}
        choices={
          <Segmented<Show>
            aria-label={t("quota.show")}
            value={show}
            options={pressureShows.map((value) => ({ value, label: t(`bottlenecks.${value}`) }))}
            onChange={setShow}
          />
        }
        shown={t("quota.shown", { shown: words.number(listed.length), total: words.number(rows.length) })}
        shownTestId="pressure-shown"
      />
      <DataTable<QuotaPressureRow>
        label={t("bottlenecks.quotaTitle")}
        testId="pressure-table"
        width={columnWidth(words.language, width)}
        reserve={110}
        minHeight={360}
        dataSource={listed}
        rowKey={(row) => `${row.unit}|${row.trade}|${row.targetLevel}`}
        locale={{ emptyText: <EmptyState {...(wanted ? { text: t("empty.noSearch", { q: wanted }) } : {})} /> }}
        columns={[
          {
            ...{ key: "unit", title: t("quota.unit"), width: px("unit"), fixed: "left", ellipsis: true },
            sorter: (a, b) => compareText(a.unitName, b.unitName),
            render: (_, row) => <span title={row.unitName}>{row.unitName}</span>,
          },
          {
            ...{ key: "district", title: t("quota.district"), width: px("district"), ellipsis: true },
            sorter: (a, b) => compareText(a.district, b.district),
            render: (_, row) => row.districtName,
          },
          {
            ...{ key: "trade", title: t("quota.trade"), width: px("trade") },
            sorter: (a, b) => compareText(a.trade, b.trade),
            render: (_, row) => row.trade,
          },
          plain("places", t("bottlenecks.places")),
          opening("candidates", "windowCandidates"),
          opening("used", "windowUsed"),
          {
            ...{ key: "overSubscription", title: t("bottlenecks.overSubscription"), align: "right" },
            width: px("overSubscription"),
            sorter: (a, b) => compare(pressed(a), pressed(b)),
            render: (_, row) => (
              <span className="number" data-testid="pressure-overSubscription">
                {row.overSubscription === null
                  ? t(row.candidates > 0 ? "bottlenecks.noPlace" : "common.dash")
                  : words.decimal(row.overSubscription)}
              </span>
            ),
          },
          plain("oneMore", t("bottlenecks.oneMore"), t("bottlenecks.oneMoreHint")),
          opening("queue", "queued", t("bottlenecks.queueHint")),
          plain("transferPotential", t("bottlenecks.transfer"), t("bottlenecks.transferHint")),
          {
            ...{ key: "chance", title: t("bottlenecks.chance"), align: "right", width: px("chance") },
            sorter: (a, b) => compare(a.chance, b.chance),
            render: (_, row) => reckoned(row, row.chance, words.percent),
          },
          {
            ...{ key: "wait", title: t("bottlenecks.wait"), align: "right", width: px("wait") },
            sorter: (a, b) => compare(a.expectedWait, b.expectedWait),
            render: (_, row) => reckoned(row, row.expectedWait, words.decimal),
          },
          {
            key: "beforeRetirement",
            title: <Tooltip title={t("bottlenecks.beforeRetirementHint")}>{t("bottlenecks.beforeRetirement")}</Tooltip>,
            ...{ align: "right", width: px("beforeRetirement") },
            sorter: (a, b) => compare(a.selectedBeforeRetirement, b.selectedBeforeRetirement),
            render: (_, row) => reckoned(row, row.selectedBeforeRetirement, words.percent),
          },
          plain("idleWithoutCandidates", t("bottlenecks.idleWithout")),
          plain("idleWithCandidates", t("bottlenecks.idleWith")),
          plain("withheld", t("bottlenecks.withheld")),
          plain("blockedByAlternation", t("bottlenecks.alternation")),
        ]}
      />
    </>
  );
}

/** 指标: where more ask for a place than there are, and where places stand idle. */
export function QuotaPressure(): JSX.Element {
  const { t } = useTranslation();
  const { query, year } = useFilters();
  const { level } = useQuotaLevel();
  const answer = useQuotaPressure({ ...query, level, by: "district,unit,trade,level" }, year !== undefined);
  return (
    <Loaded query={answer} rows={12}>
      {(rows) => {
        const [first] = rows;
        if (!first) return <EmptyState text={t("bottlenecks.noQuota")} />;
        const { windowFrom: from, windowTo: to } = first;
        return (
          <Flex vertical gap={16}>
            <Card
              size="small"
              className="section-card"
              title={<h2 className="card-title">{t("bottlenecks.quotaTitle")}</h2>}
              data-testid="bottleneck-quota"
            >
              <p className="section-note">
                {t(from === to ? "bottlenecks.quotaNoteOne" : "bottlenecks.quotaNote", { from, to })}
              </p>
              {rows.some(({ assumed }) => assumed) && <p className="section-note">{t("overview.quotaAssumed")}</p>}
              <Rows rows={rows} />
              <p className="section-note section-footer">{t("bottlenecks.quotaFooter")}</p>
            </Card>
            <QuotaDistricts />
            <Modelled testId="outlook">
              <Outlook />
              <Waits />
              <Queue />
            </Modelled>
          </Flex>
        );
      }}
    </Loaded>
  );
}
