import { Flex, Segmented, Select, Tag } from "antd";
import { type JSX, useId } from "react";
import { useTranslation } from "react-i18next";
import { type LevelCode, levelCodes } from "../../api/types.ts";
import { DistrictSelect } from "../../parts/DistrictSelect.tsx";
import { unknownTrade } from "../../state/drill.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { unitNameOf } from "../../state/unit-name.ts";
import { useScenarioSearch } from "./result-state.ts";
import { type Measure, measures } from "./shapes.ts";

/** What is counted, and for whom. */
export function ResultFilters(): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const { districts, trades } = useAppMeta();
  const { state, change } = useScenarioSearch();
  const { measure, where } = state;
  return (
    <search className="roster-filters no-print" aria-label={t("filters.label")}>
      <Flex gap="8px 16px" wrap align="center">
        <div className="filter-field" data-testid="scenario-measure">
          <span id={`${id}-measure`}>{t("people.measure")}</span>
          <Segmented<Measure>
            aria-labelledby={`${id}-measure`}
            value={measure}
            options={measures.map((value) => ({ value, label: t(`scenarios.measure.${value}`) }))}
            onChange={(value) => change({ measure: value === "applicants" ? undefined : value })}
          />
        </div>
        <div className="filter-field" data-testid="scenario-level">
          <label htmlFor={`${id}-level`}>{t("filters.level")}</label>
          <Select<LevelCode>
            id={`${id}-level`}
            allowClear
            value={levelCodes.find((one) => one === where.level) ?? null}
            placeholder={t("filters.allLevels")}
            style={{ width: 130 }}
            options={levelCodes.map((value) => ({ value, label: t(`level.${value}`) }))}
            onChange={(value: LevelCode | undefined) => change({ level: value })}
          />
        </div>
        <div className="filter-field" data-testid="scenario-district">
          <label htmlFor={`${id}-district`}>{t("filters.district")}</label>
          <DistrictSelect
            id={`${id}-district`}
            value={where.district}
            onChange={(district) => change({ district, unit: undefined })}
          />
        </div>
        <div className="filter-field" data-testid="scenario-trade">
          <label htmlFor={`${id}-trade`}>{t("filters.trade")}</label>
          <Select
            id={`${id}-trade`}
            allowClear
            showSearch
            value={where.trade ?? null}
            placeholder={t("filters.allTrades")}
            style={{ width: 180 }}
            options={[
              ...trades.map(({ name }) => ({ value: name, label: name })),
              { value: unknownTrade, label: t("common.noTrade") },
            ]}
            onChange={(value: string | null | undefined) => change({ trade: value ?? undefined })}
          />
        </div>
        {where.unit !== undefined && (
          <Tag closable={{ "aria-label": t("filters.clearUnit") }} onClose={() => change({ unit: undefined })}>
            {t("filters.unit")}
            {t("common.colon")}
            {unitNameOf(where.unit, districts)}
          </Tag>
        )}
      </Flex>
    </search>
  );
}
