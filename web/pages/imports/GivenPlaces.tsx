import { AutoComplete, Button } from "antd";
import { type JSX, useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAllDistricts } from "../../api/import-hooks.ts";
import type { RosterPreview } from "../../api/import-types.ts";
import { DistrictSelect } from "../../parts/DistrictSelect.tsx";
import { useRosterUnits } from "../names/api.ts";
import type { Flow } from "./flow.ts";
import { type GivenField, lacks, type Matched } from "./matching.ts";

interface Given {
  readonly value: string | null;
  /** What titles or the sheet's name say; offered, never taken by itself. */
  readonly suggested: string | null;
  /** The file has a column of it. */
  readonly spare: boolean;
  readonly onChange: (value: string | null) => void;
}

function Hint({
  field,
  name,
  given,
}: {
  readonly field: GivenField;
  /** The suggestion in words. */
  readonly name: string | null;
  readonly given: Given;
}): JSX.Element {
  const { t } = useTranslation();
  const { value, suggested, spare, onChange } = given;
  return suggested !== null && suggested !== value && !spare ? (
    <Button onClick={() => onChange(suggested)} data-testid={`take-${field}`}>
      {t("importing.given.guess", { name })}
    </Button>
  ) : (
    <span className="muted">{t(`importing.given.hint.${spare ? "spare" : "missing"}.${field}`)}</span>
  );
}

function UnitField(given: Given): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const { data = [] } = useRosterUnits(true);
  const options = useMemo(() => [...new Set(data.map(({ unit }) => unit))].sort().map((value) => ({ value })), [data]);
  return (
    <div className="filter-field" data-testid="import-unit">
      <label htmlFor={id}>{t("importing.given.unit")}</label>
      <AutoComplete
        id={id}
        allowClear
        value={given.value ?? ""}
        options={options}
        showSearch={{ filterOption: (text, option) => option?.value.includes(text.trim()) ?? false }}
        defaultActiveFirstOption={false}
        popupMatchSelectWidth={320}
        style={{ width: 260 }}
        placeholder={t("importing.given.unitPlaceholder")}
        onChange={(text: string | undefined) => given.onChange(text === undefined || text.trim() === "" ? null : text)}
      />
      <Hint field="unit" name={given.suggested} given={given} />
    </div>
  );
}

function DistrictField(given: Given): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const { data: districts = [] } = useAllDistricts();
  const name = districts.find(({ code }) => code === given.suggested)?.name ?? given.suggested;
  return (
    <div className="filter-field" data-testid="import-district">
      <label htmlFor={id}>{t("importing.given.district")}</label>
      <DistrictSelect
        id={id}
        value={given.value ?? undefined}
        among={districts}
        placeholder={t("importing.given.districtPlaceholder")}
        onChange={(district) => given.onChange(district ?? null)}
      />
      <Hint field="district" name={name} given={given} />
    </div>
  );
}

/** Unit and district of rows that do not name one, where the file has no column of them. */
export function GivenPlaces({
  preview,
  matched,
  flow,
  sheetsOfUnits,
  onChange,
}: {
  readonly preview: RosterPreview;
  readonly matched: readonly Matched[];
  readonly flow: Pick<Flow, GivenField>;
  /** The sheets are of different units: one unit for all of them would be wrong. */
  readonly sheetsOfUnits: boolean;
  readonly onChange: (change: Partial<Pick<Flow, GivenField>>) => void;
}): JSX.Element {
  const lacking = (field: GivenField): boolean => lacks(preview.fields, matched, field);
  return (
    <>
      {!sheetsOfUnits && (lacking("unit") || flow.unit !== null) && (
        <UnitField
          value={flow.unit}
          suggested={preview.suggestedUnit}
          spare={!lacking("unit")}
          onChange={(unit) => onChange({ unit })}
        />
      )}
      {(lacking("district") || flow.district !== null) && (
        <DistrictField
          value={flow.district}
          suggested={preview.suggestedDistrict}
          spare={!lacking("district")}
          onChange={(district) => onChange({ district })}
        />
      )}
    </>
  );
}
