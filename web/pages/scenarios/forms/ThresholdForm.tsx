import { Input, InputNumber, Select } from "antd";
import { type JSX, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../../parts/words.ts";
import { type ThresholdChoice, thresholdChoices } from "../options.ts";
import { Field } from "./Field.tsx";
import type { ChangeForm } from "./form.ts";
import { levelOf, RuleLevel, type RuleLevelChoice, rulebooksFor, startOf } from "./RuleLevel.tsx";

interface State extends RuleLevelChoice {
  /** Key of the threshold. */
  readonly chosen: string | undefined;
  readonly value: number | string | null;
}

const keyOf = ({ condition, threshold }: ThresholdChoice): string => `${condition.key} ${threshold.parameter}`;

/** 改条件门槛: another number or date where a condition has one. */
export function ThresholdForm({ options, value, onChange }: ChangeForm<"threshold">): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const id = useId();
  const rulebooks = rulebooksFor("threshold", options);
  const choicesOf = (choice: RuleLevelChoice): readonly ThresholdChoice[] => {
    const level = levelOf(rulebooks, choice);
    return level ? thresholdChoices(level) : [];
  };
  const [state, setState] = useState<State>(() => {
    if (!value) return { ...startOf(rulebooks), chosen: undefined, value: null };
    const found = choicesOf(value).find(
      ({ condition, threshold }) =>
        threshold.parameter === value.parameter &&
        (condition.key === value.condition ||
          (condition.id === value.condition && condition.pathways.some((one) => one === (value.pathway ?? one)))),
    );
    return { rulebook: value.rulebook, level: value.level, chosen: found && keyOf(found), value: value.value };
  });
  const choices = choicesOf(state);
  const chosen = choices.find((one) => keyOf(one) === state.chosen);
  const level = levelOf(rulebooks, state);
  const set = (made: Partial<State>): void => {
    const next = { ...state, ...made };
    setState(next);
    const { rulebook, level, value: given } = next;
    const found = choicesOf(next).find((one) => keyOf(one) === next.chosen);
    onChange(
      rulebook !== undefined && level !== undefined && found && given !== null && given !== ""
        ? {
            kind: "threshold",
            ...{ rulebook, level, value: given },
            ...{ condition: found.condition.key, parameter: found.threshold.parameter },
          }
        : undefined,
    );
  };
  const pathwayName = (pathway: string): string =>
    words.pathway(pathway, level?.pathways.find((one) => one.id === pathway)?.label);
  const groups = [...new Set(choices.map(({ condition }) => condition.pathways.join()))];
  return (
    <>
      <RuleLevel
        rulebooks={rulebooks}
        value={state}
        onChange={(choice) => set({ ...choice, chosen: undefined, value: null })}
      />
      <Field
        id={`${id}-threshold`}
        label={t("scenarios.fields.parameter")}
        testId="field-threshold"
        {...(chosen ? { hint: words.say(chosen.condition.text) } : {})}
      >
        <Select
          id={`${id}-threshold`}
          showSearch={{ optionFilterProp: "label" }}
          value={state.chosen ?? null}
          disabled={choices.length === 0}
          placeholder={t("scenarios.fields.choose")}
          options={groups.map((group) => {
            const own = choices.filter(({ condition }) => condition.pathways.join() === group);
            const isEvery = own[0]?.condition.pathways.length === level?.pathways.length;
            return {
              label: isEvery
                ? t("scenarios.fields.everyPathway")
                : words.list((own[0]?.condition.pathways ?? []).map(pathwayName)),
              title: group,
              options: own.map((one) => ({
                value: keyOf(one),
                label: `${words.condition(one.condition.id, one.condition.text)} · ${words.say(one.threshold.label)}${t("common.colon")}${words.say(one.threshold.text)}`,
              })),
            };
          })}
          onChange={(key: string) =>
            set({ chosen: key, value: choices.find((one) => keyOf(one) === key)?.threshold.value ?? null })
          }
        />
      </Field>
      {chosen && (
        <Field
          id={`${id}-value`}
          label={t("scenarios.fields.newValue")}
          hint={t(chosen.threshold.kind === "date" ? "scenarios.fields.presentDate" : "scenarios.fields.present", {
            value: words.say(chosen.threshold.text),
            code: chosen.threshold.value,
          })}
          testId="field-value"
        >
          {chosen.threshold.kind === "number" ? (
            <InputNumber
              id={`${id}-value`}
              value={typeof state.value === "number" ? state.value : null}
              precision={0}
              {...(chosen.threshold.minimum === null ? {} : { min: chosen.threshold.minimum })}
              {...(chosen.threshold.maximum === null ? {} : { max: chosen.threshold.maximum })}
              suffix={words.say(chosen.threshold.unit)}
              style={{ width: 160 }}
              onChange={(next) => set({ value: next })}
            />
          ) : (
            <Input
              id={`${id}-value`}
              value={state.value ?? ""}
              style={{ width: 200 }}
              onChange={(event) => set({ value: event.target.value.trim() })}
            />
          )}
        </Field>
      )}
    </>
  );
}
