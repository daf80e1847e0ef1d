import { Card, Flex, Input, Select, Spin, Tag, Typography } from "antd";
import { type JSX, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import type { Query } from "../../api/client.ts";
import { usePeople } from "../../api/hooks.ts";
import {
  conditionMeasures,
  type Measure,
  type PersonRow,
  passMeasures,
  quotaMeasures,
  ruleMeasures,
  type Stage,
  stageMeasures,
  windowMeasures,
} from "../../api/types.ts";
import { columnWidth } from "../../parts/column-width.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { type Crumb, PageHeader } from "../../parts/PageHeader.tsx";
import { EmptyState, Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { districtPath } from "../../state/districts.ts";
import { backAddress, checkAddress } from "../../state/drill.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { useFilters } from "../../state/use-filters.ts";
import { useQuotaLevel } from "../../state/use-quota-level.ts";
import { tableWidth, usePeopleColumns } from "./columns.tsx";
import { ExportButton } from "./ExportButton.tsx";
import { type AskedCondition, changeList, readList, withoutCondition } from "./list-state.ts";

const eligibilityShown = [
  "planningEligible",
  "eligible",
  "undetermined",
  "ineligible",
  "workers",
  "normal",
  "early",
  "exceptional",
  "transfer",
  "reverification",
  "direct",
] as const;

/** Of the levels that have a quota. */
const isQuota = (measure: Measure): boolean => [...quotaMeasures, ...windowMeasures].some((one) => one === measure);
const isApplication = (measure: Measure, stage: Stage | undefined): boolean =>
  isQuota(measure) || passMeasures.some((one) => one === measure) || (stage !== undefined && stage !== "applied");

/** What the list is narrowed to, in words, and the way back to where one came from. */
function useWhere(): { readonly text: string; readonly crumbs: readonly Crumb[] } {
  const { t } = useTranslation();
  const words = useWords();
  const meta = useAppMeta();
  const { filters, year } = useFilters();
  const [search] = useSearchParams();
  const { from } = readList(search);
  const place = districtPath(meta.districts, filters.district).at(-1)?.name;
  const parts = [
    year === undefined ? undefined : t("filters.yearOption", { year }),
    filters.level && words.level(filters.level),
    place ?? filters.district,
    filters.unit,
    filters.trade,
  ].filter((part) => part !== undefined);
  const text = parts.join(" · ");
  if (!from) return { text, crumbs: [] };
  const back = backAddress(from, filters, search.get("rulebook"), search);
  return { text, crumbs: [{ text: t(`nav.${from}`), to: back }, { text }] };
}

function People({ query, measure }: { readonly query: Query; readonly measure: Measure }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const navigate = useNavigate();
  const { filters } = useFilters();
  const [search, setSearch] = useSearchParams();
  const { page, size, q, stage } = readList(search);
  const answer = usePeople({ ...query, limit: size, offset: (page - 1) * size });
  const columns = usePeopleColumns(isApplication(measure, stage));
  const back = `/people?${search}`;
  const addressOf = (row: PersonRow): string =>
    checkAddress(row.workerId, filters, { year: row.examYear, level: row.targetLevel ?? undefined });
  return (
    <Loaded query={answer} rows={12}>
      {({ total, rows }) => (
        <>
          <Flex gap={16} align="center" className="table-tools" justify="space-between">
            <Typography.Text data-testid="people-total">
              {t("people.description", { measure: t(`measure.${measure}`), n: words.number(total) })}
              {answer.isPlaceholderData && <Spin size="small" className="after" aria-label={t("common.refreshing")} />}
            </Typography.Text>
            <Typography.Text type="secondary">{t("people.openHint")}</Typography.Text>
          </Flex>
          <DataTable<PersonRow>
            label={t("people.title")}
            testId="people-table"
            width={columnWidth(words.language, tableWidth)}
            reserve={128}
            dataSource={rows}
            columns={columns(addressOf, back)}
            rowKey={(row) => `${row.workerId}|${row.targetLevel}|${row.rosterRow}`}
            locale={{
              emptyText: <EmptyState {...(q ? { text: t("empty.noSearch", { q }) } : {})} />,
            }}
            onRow={(row) => ({
              className: "clickable-row",
              onClick: () => void navigate(addressOf(row), { state: { back } }),
            })}
            pagination={{
              current: page,
              pageSize: size,
              total,
              showSizeChanger: true,
              pageSizeOptions: [50, 100, 200, 500, 1000],
              showTotal: (n) => t("common.peopleCount", { n: words.number(n) }),
              onChange: (nextPage, nextSize) =>
                setSearch((old) => changeList(old, { page: nextSize === size ? nextPage : 1, size: nextSize })),
            }}
          />
        </>
      )}
    </Loaded>
  );
}

/** Which condition of which rulebook the list is about; closing it leads to the plain list. */
function ConditionTag({ asked }: { readonly asked: AskedCondition }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { rulebooks } = useAppMeta();
  const [, setSearch] = useSearchParams();
  const title = rulebooks.find(({ id }) => id === asked.rulebook)?.title;
  const conditions = asked.condition.split(",").map((id) => words.condition(id));
  const rulebook = title ? words.say(title) : asked.rulebook;
  return (
    <Tag
      closable={{ "aria-label": t("people.clearCondition") }}
      onClose={() => setSearch(withoutCondition)}
      data-testid="people-condition"
    >
      {asked.condition ? t("people.condition", { condition: words.list(conditions), rulebook }) : rulebook}
      {asked.pool === "near" && t("common.aside", { text: t("bottlenecks.pool.near") })}
    </Tag>
  );
}

/** 人员: who stands behind a number. The address says which number. */
export function PeoplePage(): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { query: filters, year } = useFilters();
  const quota = useQuotaLevel();
  const [search, setSearch] = useSearchParams();
  const { measure, q, asked, stage } = readList(search);
  const { text, crumbs } = useWhere();
  const [typed, setTyped] = useState(q);
  const query = useMemo<Query>(
    () => ({
      ...filters,
      measure,
      // Quota measures are of the levels that have one; another level left over in the address would only be refused.
      level: isQuota(measure) ? quota.level : filters.level,
      rulebook: asked?.rulebook,
      condition: asked?.condition || undefined,
      pool: asked?.pool,
      stage,
      q: q === "" ? undefined : q,
    }),
    [filters, measure, q, asked?.rulebook, asked?.condition, asked?.pool, stage, quota.level],
  );
  const note = isQuota(measure)
    ? t("people.quotaLevels", { levels: words.list(quota.levels.map((level) => words.level(level))) })
    : filters.level
      ? undefined
      : t("people.levelCounts");
  return (
    <>
      <PageHeader
        title={t("people.title")}
        crumbs={crumbs}
        description={[...(crumbs.length > 0 ? [] : [text]), ...(note === undefined ? [] : [note])].join(
          t("common.semicolon"),
        )}
        actions={year === undefined ? undefined : <ExportButton query={query} measure={measure} />}
      />
      {year === undefined ? (
        <EmptyState />
      ) : (
        <Card size="small" className="section-card">
          <Flex gap="8px 16px" wrap align="center" className="table-tools">
            <div className="filter-field" data-testid="people-measure">
              <label htmlFor="people-measure">{t("people.measure")}</label>
              <Select<Measure>
                id="people-measure"
                value={measure}
                style={{ width: 180 }}
                options={[
                  ...(asked
                    ? [
                        {
                          label: t("people.conditionGroup"),
                          title: "",
                          // of several conditions together there is one number only
                          options:
                            measure === "together"
                              ? [option(measure)]
                              : (asked.condition ? conditionMeasures : ruleMeasures).map(option),
                        },
                      ]
                    : []),
                  ...(stage ? [{ label: t("people.stageGroup"), title: "", options: stageMeasures.map(option) }] : []),
                  { label: t("people.eligibilityGroup"), title: "", options: eligibilityShown.map(option) },
                  { label: t("people.quotaGroup"), title: "", options: quotaMeasures.map(option) },
                  {
                    label: t("people.examGroup"),
                    title: "",
                    options: [...passMeasures, ...windowMeasures].map(option),
                  },
                ]}
                onChange={(value) => setSearch((old) => changeList(old, { measure: value }))}
              />
            </div>
            <Input.Search
              allowClear
              value={typed}
              placeholder={t("people.searchPlaceholder")}
              aria-label={t("people.searchPlaceholder")}
              data-testid="people-search"
              style={{ width: 260 }}
              onChange={(event) => setTyped(event.target.value)}
              onSearch={(value) => setSearch((old) => changeList(old, { q: value.trim() }))}
            />
            {asked && <ConditionTag asked={asked} />}
            {stage && <Tag data-testid="people-stage">{t("people.stage", { stage: t(`stage.${stage}`) })}</Tag>}
          </Flex>
          <People query={query} measure={measure} />
        </Card>
      )}
    </>
  );

  function option(value: Measure): { value: Measure; label: string; title: string } {
    return { value, label: t(`measure.${value}`), title: value };
  }
}
