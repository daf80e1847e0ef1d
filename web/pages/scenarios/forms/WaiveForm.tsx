import { Select } from "antd";
import { type JSX, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../../parts/words.ts";
import { waivable } from "../options.ts";
import { Field } from "./Field.tsx";
import type { ChangeForm } from "./form.ts";
import { levelOf, RuleLevel, type RuleLevelChoice, rulebooksFor, startOf } from "./RuleLevel.tsx";

interface State extends RuleLevelChoice {
  readonly condition: string | undefined;
  readonly pathway: string | undefined;
}

/** 免除条件: a condition that is no longer asked for, on one pathway or on all. */
export function WaiveForm({ options, value, onChange }: ChangeForm<"waive">): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const id = useId();
  const rulebooks = rulebooksFor("waive", options);
  const [state, setState] = useState<State>(
    value
      ? { rulebook: value.rulebook, level: value.level, condition: value.condition, pathway: value.pathway }
      : { ...startOf(rulebooks), condition: undefined, pathway: undefined },
  );
  const set = (made: Partial<State>): void => {
    const next = { ...state, ...made };
    setState(next);
    const { rulebook, level, condition, pathway } = next;
    onChange(
      rulebook !== undefined && level !== undefined && condition !== undefined
        ? { kind: "waive", rulebook, level, condition, ...(pathway === undefined ? {} : { pathway }) }
        : undefined,
    );
  };
  const known = levelOf(rulebooks, state);
  const conditions = known ? waivable(known) : [];
  const condition = conditions.find((one) => one.id === state.condition);
  return (
    <>
      <RuleLevel
        rulebooks={rulebooks}
        value={state}
        onChange={(choice) => set({ ...choice, condition: undefined, pathway: undefined })}
      />
      <Field id={`${id}-condition`} label={t("scenarios.fields.condition")} testId="field-condition">
        <Select
          id={`${id}-condition`}
          showSearch={{ optionFilterProp: "label" }}
          value={state.condition ?? null}
          disabled={!known}
          placeholder={t("scenarios.fields.choose")}
          options={conditions.map((one) => ({
            value: one.id,
            label: `${words.condition(one.id, one.text)}${t("common.colon")}${words.say(one.text)}`,
          }))}
          onChange={(chosen: string) => set({ condition: chosen, pathway: undefined })}
        />
      </Field>
      {condition && condition.pathways.length > 1 && (
        <Field id={`${id}-pathway`} label={t("scenarios.fields.pathway")} testId="field-pathway">
          <Select
            id={`${id}-pathway`}
            value={state.pathway ?? ""}
            options={[
              { value: "", label: t("scenarios.fields.everyPathway") },
              ...condition.pathways.map((pathway) => ({
                value: pathway,
                label: words.pathway(pathway, known?.pathways.find((one) => one.id === pathway)?.label),
              })),
            ]}
            onChange={(pathway) => set({ pathway: pathway === "" ? undefined : pathway })}
          />
        </Field>
      )}
    </>
  );
}
