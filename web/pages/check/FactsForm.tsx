import { Collapse, Tag } from "antd";
import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { FactField, FactForm } from "../../api/fact-form.ts";
import type { Facts } from "../../api/types.ts";
import { useWords } from "../../parts/words.ts";
import { useAppMeta } from "../../state/meta.tsx";
import type { Edits } from "./facts-state.ts";
import { gridYears } from "./facts-state.ts";
import { type FactGroup, type GroupName, groupFields } from "./groups.ts";
import { NameInput, PlainInput } from "./inputs.tsx";
import { ListInput, MarksInput, WordsInput } from "./list-inputs.tsx";
import { YearGrid } from "./YearGrid.tsx";

export interface FieldError {
  readonly property: string;
  readonly text: string;
}

export interface FactsFormProps {
  readonly form: FactForm;
  readonly facts: Facts;
  readonly edits: Edits;
  readonly examYear: number;
  /** Facts whose absence leaves the decision open. */
  readonly missing: readonly string[];
  readonly error: FieldError | undefined;
  readonly open: readonly GroupName[];
  readonly onOpen: (groups: readonly GroupName[]) => void;
  readonly onChange: (name: string, value: unknown) => void;
}

const both = (value: string, label: string) => ({ value, label });
const isByYear = (field: FactField): boolean => field.kind === "grades" || field.kind === "flags";

function FieldInput({ field, props }: { readonly field: FactField; readonly props: FactsFormProps }): JSX.Element {
  const { trades, districts } = useAppMeta();
  const input = {
    id: `fact-${field.name}`,
    field,
    value: props.facts[field.name],
    invalid: props.error?.property === field.name,
    onChange: (value: unknown) => props.onChange(field.name, value),
  };
  switch (field.kind) {
    case "list":
      return <ListInput {...input} />;
    case "marks":
      return <MarksInput {...input} />;
    case "years":
    case "strings":
      return <WordsInput {...input} years={Array.from({ length: 15 }, (_, index) => props.examYear - index)} />;
    default:
      if (field.name === "trade") return <NameInput {...input} names={trades.map(({ name }) => both(name, name))} />;
      if (field.name === "district")
        return <NameInput {...input} names={districts.map(({ code, name }) => both(code, name))} />;
      return <PlainInput {...input} />;
  }
}

function FieldRow({ field, props }: { readonly field: FactField; readonly props: FactsFormProps }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <div
      className={props.edits.has(field.name) ? "fact-row fact-edited" : "fact-row"}
      data-testid={`fact-${field.name}`}
    >
      <label htmlFor={`fact-${field.name}`}>
        {words.say(field.label)}
        {props.missing.includes(field.name) && (
          <Tag variant="outlined" className="small-tag warn-tag">
            {t("check.lacking")}
          </Tag>
        )}
      </label>
      <div className="fact-cell">
        <FieldInput field={field} props={props} />
        {props.error?.property === field.name && (
          <div className="field-error" role="alert">
            {props.error.text}
          </div>
        )}
      </div>
    </div>
  );
}

function Group({ group, props }: { readonly group: FactGroup; readonly props: FactsFormProps }): JSX.Element {
  const byYear = group.fields.filter(isByYear);
  const years = useMemo(
    () =>
      gridYears(
        props.examYear,
        byYear.map(({ name }) => props.facts[name]),
      ),
    [props.examYear, props.facts, byYear],
  );
  const wrong = byYear.find(({ name }) => name === props.error?.property);
  return (
    <>
      {byYear.length > 0 && (
        <YearGrid fields={byYear} years={years} valueAt={(name) => props.facts[name]} onChange={props.onChange} />
      )}
      {wrong && (
        <div className="field-error" role="alert">
          {props.error?.text}
        </div>
      )}
      {group.fields
        .filter((field) => !isByYear(field))
        .map((field) => (
          <FieldRow key={field.name} field={field} props={props} />
        ))}
    </>
  );
}

/** The facts about one worker, in groups. Made from the server's catalogue: a new fact needs nothing here. */
export function FactsForm(props: FactsFormProps): JSX.Element {
  const { t } = useTranslation();
  const groups = useMemo(() => groupFields(props.form.fields), [props.form]);
  return (
    <Collapse
      size="small"
      activeKey={[...props.open]}
      onChange={(keys) => props.onOpen(groups.map(({ name }) => name).filter((name) => keys.includes(name)))}
      items={groups.map((group) => {
        const known = group.fields.filter(({ name }) => props.facts[name] !== undefined).length;
        return {
          key: group.name,
          label: t(`factGroup.${group.name}`),
          extra: <span className="muted number">{t("check.knownCount", { known, all: group.fields.length })}</span>,
          children: <Group group={group} props={props} />,
        };
      })}
    />
  );
}
