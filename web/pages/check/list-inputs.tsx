/** Inputs for facts that are lists. "Unknown" and "none" are told apart: an absent list may hold anything, an empty one does not. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Segmented, Select } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FactField } from "../../api/fact-form.ts";
import { useWords } from "../../parts/words.ts";
import { type InputProps, NumberInput, PlainInput, state } from "./inputs.tsx";

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
