import { ClearOutlined } from "@ant-design/icons";
import { Button, Flex, Segmented, Select, Tag } from "antd";
import { type JSX, type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { useAppMeta } from "../state/meta.tsx";
import { changeSearch, closeList, goTo, type PlaceBy } from "../state/roster-search.ts";
import { unitNameOf } from "../state/unit-name.ts";
import { useRosterSearch } from "../state/use-roster-search.ts";
import { DistrictSelect } from "./DistrictSelect.tsx";

/** A roster year out of those there are. */
export function YearSelect({
  text,
  testId,
  value,
  onChange,
}: {
  readonly text: string;
  readonly testId: string;
  readonly value: number;
  readonly onChange: (year: number) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const { rosterYears } = useAppMeta();
  const years = [...rosterYears].sort((a, b) => b - a);
  return (
    <div className="filter-field" data-testid={testId}>
      <label htmlFor={id}>{text}</label>
      <Select
        id={id}
        value={value}
        style={{ width: 130 }}
        options={years.map((year) => ({ value: year, label: t("rosters.yearEnd", { year }), title: String(year) }))}
        onChange={onChange}
      />
    </div>
  );
}

/** Which years (given by the page), which place, and how its parts are listed. */
export function RosterFilters({ years, by }: { readonly years: ReactNode; readonly by: PlaceBy }): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const { districts } = useAppMeta();
  const { place, go } = useRosterSearch();
  const isNarrow = place.district !== undefined || place.unit !== undefined;
  return (
    <search className="roster-filters no-print" aria-label={t("rosters.filters")}>
      <Flex gap="8px 16px" wrap align="center">
        {years}
        <div className="filter-field" data-testid="roster-district">
          <label htmlFor={`${id}-district`}>{t("filters.district")}</label>
          <DistrictSelect
            id={`${id}-district`}
            value={place.district}
            onChange={(district) => go((old) => goTo(old, { district, unit: undefined }))}
          />
        </div>
        {place.unit === undefined ? (
          <div className="filter-field" data-testid="roster-by">
            <span id={`${id}-by`}>{t("rosters.by")}</span>
            <Segmented<PlaceBy>
              aria-labelledby={`${id}-by`}
              value={by}
              options={[
                { value: "district", label: t("rosters.byDistrict") },
                { value: "unit", label: t("rosters.byUnit") },
              ]}
              onChange={(value) => go((old) => changeSearch(closeList(old), { by: value }))}
            />
          </div>
        ) : (
          <Tag
            closable={{ "aria-label": t("filters.clearUnit") }}
            onClose={() => go((old) => goTo(old, { unit: undefined }))}
            data-testid="roster-unit"
          >
            {t("filters.unit")}
            {t("common.colon")}
            {unitNameOf(place.unit, districts)}
          </Tag>
        )}
        {isNarrow && (
          <Button
            type="text"
            icon={<ClearOutlined />}
            onClick={() => go((old) => goTo(old, { district: undefined, unit: undefined }))}
          >
            {t("rosters.clearPlace")}
          </Button>
        )}
      </Flex>
    </search>
  );
}
