/** One input per kind of fact. In each, "unknown" is a choice of its own and never the same as "no" or "none". */
import { Input, InputNumber, Segmented, Select } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FactField } from "../../api/fact-form.ts";
import { useWords } from "../../parts/words.ts";

export interface InputProps {
  readonly id: string;
  readonly field: FactField;
  readonly value: unknown;
  readonly invalid: boolean;
  /** `undefined` makes the fact unknown. */
  readonly onChange: (value: unknown) => void;
}

/** Ant Design's mark for an input that is wrong. */
export const state = (invalid: boolean): { status?: "error" } => (invalid ? { status: "error" } : {});
const unknown = "";

export function BooleanInput({ id, field, value, onChange }: InputProps): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Segmented
      id={id}
      size="small"
      aria-label={words.say(field.label)}
      value={value === true ? "yes" : value === false ? "no" : unknown}
      options={[
        { value: "yes", label: t("common.yes") },
        { value: "no", label: t("common.no") },
        { value: unknown, label: t("common.unknown") },
      ]}
      onChange={(choice) => onChange(choice === "yes" ? true : choice === "no" ? false : undefined)}
    />
  );
}

export function EnumInput({ id, field, value, invalid, onChange }: InputProps): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Select
      id={id}
      size="small"
      className="fact-input"
      {...state(invalid)}
      value={typeof value === "string" ? value : unknown}
      options={[
        { value: unknown, label: t("common.unknown") },
        ...field.choices.map(({ code, label }) => ({ value: code, label: words.say(label) })),
      ]}
      onChange={(code) => onChange(code === unknown ? undefined : code)}
    />
  );
}

const dateShape = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/** A date as exactly as it is known: "2015", "2015-07" or "2015-07-01". Given on only when it has one of these shapes. */
export function DateInput({ id, value, invalid, onChange }: InputProps): JSX.Element {
  const { t } = useTranslation();
  const given = typeof value === "string" ? value : "";
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const shown = draft ?? given;
  const isBroken = shown !== "" && !dateShape.test(shown);
  return (
    <div className="fact-input">
      <Input
        id={id}
        size="small"
        allowClear
        placeholder={t("common.unknown")}
        title={t("check.dateHint")}
        {...state(invalid || isBroken)}
        value={shown}
        onChange={({ target }) => {
          const text = target.value.trim();
          if (text === "" || dateShape.test(text)) {
            setDraft(undefined);
            onChange(text === "" ? undefined : text);
          } else setDraft(text);
        }}
      />
      {isBroken && <div className="field-error">{t("check.dateInvalid")}</div>}
    </div>
  );
}

export function NumberInput({ id, field, value, invalid, onChange }: InputProps): JSX.Element {
  const { t } = useTranslation();
  return (
    <InputNumber
      id={id}
      size="small"
      className="fact-input"
      {...state(invalid)}
      placeholder={t("common.unknown")}
      value={typeof value === "number" ? value : null}
      {...(field.kind === "integer" ? { precision: 0 } : {})}
      onChange={(number) => onChange(number ?? undefined)}
    />
  );
}

export function TextInput({ id, value, invalid, onChange }: InputProps): JSX.Element {
  const { t } = useTranslation();
  return (
    <Input
      id={id}
      size="small"
      className="fact-input"
      allowClear
      {...state(invalid)}
      placeholder={t("common.unknown")}
      value={typeof value === "string" ? value : ""}
      onChange={({ target }) => onChange(target.value === "" ? undefined : target.value)}
    />
  );
}

/** One of the names there are, typed to find it. */
export function NameInput({
  id,
  value,
  invalid,
  onChange,
  names,
}: InputProps & { readonly names: { value: string; label: string }[] }) {
  const { t } = useTranslation();
  return (
    <Select
      id={id}
      size="small"
      className="fact-input"
      showSearch={{ optionFilterProp: "label" }}
      allowClear
      {...state(invalid)}
      placeholder={t("common.unknown")}
      value={typeof value === "string" ? value : null}
      options={names}
      onChange={(name: string | null | undefined) => onChange(name ?? undefined)}
    />
  );
}

/** The input for a kind that is one value. */
export function PlainInput(props: InputProps): JSX.Element {
  switch (props.field.kind) {
    case "boolean":
      return <BooleanInput {...props} />;
    case "enum":
      return <EnumInput {...props} />;
    case "date":
      return <DateInput {...props} />;
    case "integer":
    case "number":
      return <NumberInput {...props} />;
    default:
      return <TextInput {...props} />;
  }
}
