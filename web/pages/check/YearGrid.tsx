import { Segmented, Select } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { FactField } from "../../api/fact-form.ts";
import { useWords } from "../../parts/words.ts";
import { asYearMap, setYear } from "./facts-state.ts";

/** Appraisals and training, a row per year. */
export function YearGrid({
  fields,
  years,
  valueAt,
  onChange,
}: {
  /** Facts that are maps by year: grades or passed / failed. */
  readonly fields: readonly FactField[];
  readonly years: readonly number[];
  readonly valueAt: (name: string) => unknown;
  readonly onChange: (name: string, value: unknown) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <table className="year-grid">
      <thead>
        <tr>
          <th scope="col">{t("check.yearColumn")}</th>
          {fields.map((field) => (
            <th scope="col" key={field.name} id={`fact-${field.name}`}>
              {words.say(field.label)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {years.map((year) => (
          <tr key={year}>
            <th scope="row">{year}</th>
            {fields.map((field) => (
              <td key={field.name}>
                <YearInput
                  field={field}
                  year={year}
                  value={asYearMap(valueAt(field.name))[String(year)]}
                  onChange={(value) => onChange(field.name, setYear(valueAt(field.name), year, value))}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function YearInput({
  field,
  year,
  value,
  onChange,
}: {
  readonly field: FactField;
  readonly year: number;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const label = `${year} ${words.say(field.label)}`;
  if (field.kind === "flags")
    return (
      <Segmented
        size="small"
        aria-label={label}
        value={value === true ? "passed" : value === false ? "failed" : ""}
        options={[
          { value: "passed", label: t("check.passed") },
          { value: "failed", label: t("check.failed") },
          { value: "", label: t("common.unknown") },
        ]}
        onChange={(choice) => onChange(choice === "" ? undefined : choice === "passed")}
      />
    );
  const grades = ["excellent", "qualified", "basicallyQualified", "unqualified", "ungraded"] as const;
  return (
    <Select
      size="small"
      aria-label={label}
      style={{ width: 112 }}
      value={typeof value === "string" ? value : ""}
      options={[
        { value: "", label: t("common.unknown") },
        ...(field.choices.length > 0
          ? field.choices.map((choice) => ({ value: choice.code, label: words.say(choice.label) }))
          : grades.map((code) => ({ value: code, label: t(`grade.${code}`) }))),
      ]}
      onChange={(code) => onChange(code === "" ? undefined : code)}
    />
  );
}
