import { Card, Segmented, Tooltip } from "antd";
import { type JSX, useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type OutlookRow, useOutlook } from "../../api/modelled.ts";
import { columnWidth } from "../../parts/column-width.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { SaveRows } from "../../parts/SaveRows.tsx";
import { EmptyState, Loaded } from "../../parts/States.tsx";
import { TableTools } from "../../parts/TableTools.tsx";
import { useWords } from "../../parts/words.ts";
import { bottleneckAddress } from "../../state/drill.ts";
import { useFilters } from "../../state/use-filters.ts";
import { useQuotaLevel } from "../../state/use-quota-level.ts";
import { type OutlookShow, type OutlookSum, outlookShows, shownOutlook, sumOf } from "./outlook-rows.ts";

const widths = {
  ...{ unit: 160, district: 84, trade: 112, quota: 66, candidates: 72, used: 172, oneMore: 80, queue: 64 },
  ...{ chance: 92, wait: 80, newcomer: 88, beforeRetirement: 96 },
} as const;
const width = Object.values(widths).reduce((sum, px) => sum + px, 0);

const sums = ["quota", "candidates", "quotaUsed", "oneMore", "queue"] as const satisfies readonly OutlookSum[];
const compare = (a: number | null, b: number | null): number => (a ?? -1) - (b ?? -1);
const text = (a: string | null | undefined, b: string | null | undefined): number =>
  (a ?? "").localeCompare(b ?? "", "zh-CN");

/** Probabilities of places used, the likely ones: "0：85% 1：15%". */
function useLikely(): (row: OutlookRow) => string {
  const { t } = useTranslation();
  const words = useWords();
  return (row) => {
    const likely = [row.quotaUsed0, row.quotaUsed1, row.quotaUsed2, row.quotaUsed3].flatMap((share, places) =>
      share !== null && share >= 0.005
        ? [t("bottlenecks.usedChance", { places: places === 3 ? "≥3" : places, share: words.wholePercent(share) })]
        : [],
    );
    return likely.length === 0 ? t("common.dash") : likely.join("  ");
  };
}

function Rows({ rows }: { readonly rows: readonly OutlookRow[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const likely = useLikely();
  const { filters } = useFilters();
  const [show, setShow] = useState<OutlookShow>("asked");
  const [sought, setSought] = useState("");
  const wanted = useDeferredValue(sought);
  const listed = useMemo(() => shownOutlook(rows, show, wanted), [rows, show, wanted]);
  const px = (name: keyof typeof widths): number => columnWidth(words.language, widths[name]);
  const dash = t("common.dash");
  const title = t("bottlenecks.outlookTitle", { year: rows[0]?.comingYear ?? "" });
  const figure = (
    key: "quota" | "candidates" | "oneMore" | "chance" | "expectedWait" | "newcomerWait" | "selectedBeforeRetirement",
    column: keyof typeof widths,
    heading: string,
    { hint, say = words.oneDecimal }: { readonly hint?: string; readonly say?: (n: number) => string } = {},
  ) => ({
    key,
    title: hint ? <Tooltip title={hint}>{heading}</Tooltip> : heading,
    align: "right" as const,
    width: px(column),
    sorter: (a: OutlookRow, b: OutlookRow) => compare(a[key], b[key]),
    render: (_: unknown, row: OutlookRow) => {
      const value = row[key];
      return (
        <span className="number" data-testid={`outlook-${key}`}>
          {value === null ? dash : say(value)}
        </span>
      );
    },
  });
  return (
    <>
      <TableTools
        sought={sought}
        onSeek={setSought}
        hint={t("bottlenecks.searchUnit")}
        choices={
          <Segmented<OutlookShow>
            aria-label={t("quota.show")}
            value={show}
            options={outlookShows.map((value) => ({ value, label: t(`bottlenecks.outlookShow.${value}`) }))}
            onChange={setShow}
          />
        }
        shown={t("quota.shown", { shown: words.number(listed.length), total: words.number(rows.length) })}
        shownTestId="outlook-shown"
        save={
          <SaveRows
            name={title}
            rows={listed}
            testId="outlook-csv"
            columns={[
              { heading: t("quota.unit"), value: (row) => row.unitName },
              { heading: t("quota.district"), value: (row) => row.districtName },
              { heading: t("quota.trade"), value: (row) => row.trade },
              { heading: t("filters.level"), value: (row) => words.level(row.targetLevel) },
              { heading: t("bottlenecks.places"), value: (row) => row.quota },
              { heading: t("bottlenecks.candidates"), value: (row) => row.candidates },
              { heading: t("bottlenecks.used"), value: (row) => row.quotaUsed },
              { heading: t("bottlenecks.oneMoreChance"), value: (row) => row.oneMore },
              { heading: t("bottlenecks.queue"), value: (row) => row.queue },
              { heading: t("bottlenecks.chance"), value: (row) => row.chance },
              { heading: t("bottlenecks.wait"), value: (row) => row.expectedWait },
              { heading: t("bottlenecks.newcomer"), value: (row) => row.newcomerWait },
              { heading: t("bottlenecks.beforeRetirement"), value: (row) => row.selectedBeforeRetirement },
            ]}
          />
        }
      />
      <DataTable<OutlookRow>
        label={title}
        testId="outlook-table"
        width={columnWidth(words.language, width)}
        reserve={110}
        minHeight={360}
        dataSource={listed}
        rowKey={(row) => `${row.unit}|${row.trade}|${row.targetLevel}`}
        locale={{ emptyText: <EmptyState {...(wanted ? { text: t("empty.noSearch", { q: wanted }) } : {})} /> }}
        columns={[
          {
            ...{ key: "unit", title: t("quota.unit"), width: px("unit"), fixed: "left", ellipsis: true },
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
          figure("quota", "quota", t("bottlenecks.places")),
          figure("candidates", "candidates", t("bottlenecks.candidates")),
          {
            key: "used",
            title: <Tooltip title={t("bottlenecks.usedChancesHint")}>{t("bottlenecks.usedChances")}</Tooltip>,
            width: px("used"),
            render: (_, row) => <span className="number likely">{likely(row)}</span>,
          },
          figure("oneMore", "oneMore", t("bottlenecks.oneMoreChance"), {
            ...{ hint: t("bottlenecks.oneMoreChanceHint"), say: words.percent },
          }),
          {
            key: "queue",
            title: <Tooltip title={t("bottlenecks.queueHint")}>{t("bottlenecks.queue")}</Tooltip>,
            align: "right",
            width: px("queue"),
            sorter: (a, b) => compare(a.queue, b.queue),
            render: (_, row) => (
              <NumberLink
                value={row.queue}
                name={`${row.unitName} ${row.trade ?? ""} ${t("bottlenecks.queue")}`}
                to={bottleneckAddress(
                  "queued",
                  filters,
                  { level: row.targetLevel, unit: row.unit, trade: row.trade ?? undefined },
                  "quota",
                )}
                testId="outlook-queue"
              />
            ),
          },
          figure("chance", "chance", t("bottlenecks.chance"), {
            ...{ hint: t("bottlenecks.chanceHint"), say: words.percent },
          }),
          figure("expectedWait", "wait", t("bottlenecks.wait"), { hint: t("bottlenecks.waitHint") }),
          figure("newcomerWait", "newcomer", t("bottlenecks.newcomer"), { hint: t("bottlenecks.newcomerHint") }),
          figure("selectedBeforeRetirement", "beforeRetirement", t("bottlenecks.beforeRetirement"), {
            ...{ hint: t("bottlenecks.beforeRetirementModelHint"), say: words.percent },
          }),
        ]}
      />
    </>
  );
}

/** 今后指标: places of the coming exam year, who will ask for them, and what one more would bring, by the forecast. */
export function Outlook(): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { query, year } = useFilters();
  const { level } = useQuotaLevel();
  const answer = useOutlook({ ...query, level, by: "district,unit,trade,level" }, year !== undefined);
  return (
    <Loaded query={answer} rows={8}>
      {(rows) => {
        const [first] = rows;
        if (!first) return <EmptyState text={t("bottlenecks.noQuota")} />;
        return (
          <Card
            size="small"
            className="section-card"
            title={<h2 className="card-title">{t("bottlenecks.outlookTitle", { year: first.comingYear ?? "" })}</h2>}
            data-testid="bottleneck-outlook"
          >
            <p className="section-note">
              {t(first.candidates === null ? "bottlenecks.outlookBare" : "bottlenecks.outlookNote")}
            </p>
            <dl className="outlook-sums">
              {sums.map((name) => {
                const sum = sumOf(rows, name);
                return (
                  <div key={name}>
                    <dt>{t(`bottlenecks.outlookSum.${name}`)}</dt>
                    <dd className="number" data-testid={`outlook-sum-${name}`}>
                      {sum === null ? t("common.dash") : name === "queue" ? words.number(sum) : words.oneDecimal(sum)}
                    </dd>
                  </div>
                );
              })}
            </dl>
            <Rows rows={rows} />
            <p className="section-note section-footer">{t("bottlenecks.outlookFooter")}</p>
          </Card>
        );
      }}
    </Loaded>
  );
}
