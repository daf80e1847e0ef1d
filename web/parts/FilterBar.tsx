import { ClearOutlined } from "@ant-design/icons";
import { Button, Flex, Select, Tag, TreeSelect } from "antd";
import { type JSX, type ReactNode, useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type LevelCode, levelCodes } from "../api/types.ts";
import { districtTree } from "../state/districts.ts";
import { useAppMeta } from "../state/meta.tsx";
import { useFilters } from "../state/use-filters.ts";
import { useQuotaLevel } from "../state/use-quota-level.ts";
import { useWords } from "./words.ts";

function Field({
  id,
  text,
  testId,
  children,
}: {
  readonly id: string;
  readonly text: string;
  readonly testId: string;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <div className="filter-field" data-testid={testId}>
      <label htmlFor={id}>{text}</label>
      {children}
    </div>
  );
}

/**
 * Exam year (not on pages of several years), level, district, trade (and the unit drilled into). `quotaOnly`: the level is one that has a
 * quota.
 */
export function FilterBar({
  quotaOnly = false,
  withYear = true,
}: {
  readonly quotaOnly?: boolean;
  readonly withYear?: boolean;
}): JSX.Element {
  const { t } = useTranslation();
  const meta = useAppMeta();
  const words = useWords();
  const { filters, year, change, reset } = useFilters();
  const quota = useQuotaLevel();
  const isOnlyLevel = quotaOnly && quota.levels.length === 1;
  const id = useId();
  const tree = useMemo(() => districtTree(meta.districts), [meta.districts]);
  const trades = useMemo(() => {
    const categories = [...new Set(meta.trades.map(({ category }) => category))];
    return categories.map((category) => ({
      label: category,
      title: category,
      options: meta.trades
        .filter((trade) => trade.category === category)
        .map(({ name }) => ({ value: name, label: name, title: name })),
    }));
  }, [meta.trades]);
  const years = [...meta.examYears].sort((a, b) => b - a);
  const chosen = Object.keys(filters).length > 0;
  return (
    <search className="filter-bar no-print" aria-label={t("filters.label")}>
      <Flex gap="8px 16px" wrap align="center">
        {withYear && (
          <Field id={`${id}-year`} text={t("filters.year")} testId="filter-year">
            <Select
              id={`${id}-year`}
              value={year ?? null}
              style={{ width: 150 }}
              options={years.map((value) => {
                const text = t("filters.yearOption", { year: value });
                const label = value === meta.newestExamYear ? `${text} · ${t("filters.newest")}` : text;
                return { value, label, title: String(value) };
              })}
              onChange={(value: number) => change({ year: value })}
            />
          </Field>
        )}
        <Field id={`${id}-level`} text={t("filters.level")} testId="filter-level">
          <Select<LevelCode | "">
            id={`${id}-level`}
            value={(quotaOnly ? quota.level : filters.level) ?? ""}
            disabled={isOnlyLevel}
            {...(isOnlyLevel ? { title: t("filters.quotaLevelOnly", { level: words.level(quota.level) }) } : {})}
            style={{ width: 160 }}
            options={[
              { value: "" as const, label: t("filters.allLevels"), title: "all" },
              ...(quotaOnly ? quota.levels : levelCodes).map((code) => ({
                value: code,
                label: t(`level.${code}`),
                title: code,
              })),
            ]}
            onChange={(value) => change({ level: value === "" ? undefined : value })}
          />
        </Field>
        <Field id={`${id}-district`} text={t("filters.district")} testId="filter-district">
          <TreeSelect
            id={`${id}-district`}
            value={filters.district ?? null}
            placeholder={t("filters.allDistricts")}
            allowClear
            showSearch={{ treeNodeFilterProp: "title" }}
            treeDefaultExpandedKeys={tree.map(({ value }) => value)}
            popupMatchSelectWidth={280}
            style={{ width: 200 }}
            treeData={tree as unknown as { value: string; title: string }[]}
            onChange={(value: string | null | undefined) => change({ district: value ?? undefined })}
          />
        </Field>
        <Field id={`${id}-trade`} text={t("filters.trade")} testId="filter-trade">
          <Select
            id={`${id}-trade`}
            value={filters.trade ?? null}
            placeholder={t("filters.allTrades")}
            allowClear
            showSearch
            style={{ width: 180 }}
            options={trades}
            onChange={(value: string | null | undefined) => change({ trade: value ?? undefined })}
          />
        </Field>
        {filters.unit !== undefined && (
          <Tag closable={{ "aria-label": t("filters.clearUnit") }} onClose={() => change({ unit: undefined })}>
            {t("filters.unit")}
            {t("common.colon")}
            {filters.unit}
          </Tag>
        )}
        {chosen && (
          <Button type="text" icon={<ClearOutlined />} onClick={reset}>
            {t("filters.reset")}
          </Button>
        )}
      </Flex>
    </search>
  );
}
