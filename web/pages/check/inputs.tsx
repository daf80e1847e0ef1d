/** One input per kind of fact. In each, "unknown" is a choice of its own and never the same as "no" or "none". */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Input, InputNumber, Segmented, Select } from "antd";
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

const state = (invalid: boolean): { status?: "error" } => (invalid ? { status: "error" } : {});
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

type Knowing = "unknown" | "none" | "some";

/** Unknown, known to be none, or some: the choice before every list. */
function KnowingChoice({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: Knowing;
  readonly onChange: (value: Knowing) => void;
}): JSX.Element {
  const { t } = useTranslation();
  return (
    <Segmented<Knowing>
      size="small"
      aria-label={label}
      value={value}
      options={[
        { value: "some", label: t("check.hasItems") },
        { value: "none", label: t("check.knownEmpty") },
        { value: "unknown", label: t("common.unknown") },
      ]}
      onChange={onChange}
    />
  );
}

/** A list of years or of words. */
export function WordsInput({
  id,
  field,
  value,
  invalid,
  onChange,
  years,
}: InputProps & { readonly years: readonly number[] }) {
  const { t } = useTranslation();
  const words = useWords();
  const items: readonly unknown[] | undefined = Array.isArray(value) ? value : undefined;
  const [isOpen, setOpen] = useState(false);
  const knowing: Knowing = items && items.length > 0 ? "some" : isOpen ? "some" : items ? "none" : "unknown";
  const ofYears = field.kind === "years";
  return (
    <Flex vertical gap={4} className="fact-input">
      <KnowingChoice
        label={words.say(field.label)}
        value={knowing}
        onChange={(choice) => {
          setOpen(choice === "some");
          if (choice !== "some") onChange(choice === "none" ? [] : undefined);
        }}
      />
      {knowing === "some" && (
        <Select
          id={id}
          size="small"
          mode={ofYears ? "multiple" : "tags"}
          {...state(invalid)}
          placeholder={t(ofYears ? "check.addYear" : "check.addText")}
          value={(items ?? []).map(String)}
          options={ofYears ? years.map((year) => ({ value: String(year), label: String(year) })) : []}
          onChange={(chosen: string[]) => onChange(ofYears ? chosen.map(Number).sort((a, b) => a - b) : chosen)}
        />
      )}
    </Flex>
  );
}

type Item = Readonly<Record<string, unknown>>;

/** Items have no identity of their own; they are told apart by their place in the list. */
const placeKey = (index: number): string => `item-${index}`;

/** A new item knows what it must: the first choice of every required field. */
function newItem(fields: readonly FactField[]): Item {
  const year = new Date().getFullYear();
  return Object.fromEntries(
    fields
      .filter(({ required }) => required)
      .map((field) => [field.name, field.choices[0]?.code ?? (field.name === "year" ? year : 1)]),
  );
}

export function ListInput({ id, field, value, onChange }: InputProps): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const items: readonly Item[] | undefined = Array.isArray(value) ? (value as readonly Item[]) : undefined;
  const knowing: Knowing = items === undefined ? "unknown" : items.length === 0 ? "none" : "some";
  const put = (index: number, name: string, next: unknown): void =>
    onChange(
      (items ?? []).map((item, at) => {
        if (at !== index) return item;
        const changed: Record<string, unknown> = { ...item, [name]: next };
        if (next === undefined) delete changed[name];
        return changed;
      }),
    );
  return (
    <Flex vertical gap={6} className="fact-input" id={id}>
      <KnowingChoice
        label={words.say(field.label)}
        value={knowing}
        onChange={(choice) =>
          onChange(
            choice === "unknown" ? undefined : choice === "none" ? [] : items?.length ? items : [newItem(field.fields)],
          )
        }
      />
      {items?.map((item, index) => (
        <div className="fact-item" key={placeKey(index)}>
          <Flex justify="space-between" align="center">
            <span className="muted">{t("check.item", { n: index + 1 })}</span>
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t("check.removeItem")}
              onClick={() => onChange(items.filter((_, at) => at !== index))}
            />
          </Flex>
          {field.fields.map((part) => (
            <div className="fact-row" key={part.name}>
              <label htmlFor={`${id}-${index}-${part.name}`}>{words.say(part.label)}</label>
              <PlainInput
                id={`${id}-${index}-${part.name}`}
                field={part}
                value={item[part.name]}
                invalid={false}
                onChange={(next) => put(index, part.name, next)}
              />
            </div>
          ))}
        </div>
      ))}
      {knowing === "some" && (
        <Button
          size="small"
          icon={<PlusOutlined />}
          onClick={() => onChange([...(items ?? []), newItem(field.fields)])}
        >
          {t("check.addItem")}
        </Button>
      )}
    </Flex>
  );
}

export function MarksInput({ id, field, value, invalid, onChange }: InputProps): JSX.Element {
  const words = useWords();
  const marks = typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  return (
    <Flex gap={6} wrap className="fact-input">
      {field.fields.map((part) => (
        <NumberInput
          key={part.name}
          id={`${id}-${part.name}`}
          field={{ ...part, label: { zh: words.say(part.label), en: words.say(part.label) } }}
          value={marks[part.name]}
          invalid={invalid}
          onChange={(mark) => {
            const next: Record<string, unknown> = { ...marks, [part.name]: mark };
            if (mark === undefined) delete next[part.name];
            onChange(Object.keys(next).length === 0 ? undefined : next);
          }}
        />
      ))}
    </Flex>
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
