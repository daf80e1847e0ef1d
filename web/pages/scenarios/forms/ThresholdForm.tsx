import { Input, InputNumber, Select } from "antd";
import { type JSX, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../../parts/words.ts";
import type { Threshold } from "../options.ts";
import { Field } from "./Field.tsx";
import type { ChangeForm } from "./form.ts";
import { levelOf, RuleLevel, type RuleLevelChoice, startOf, withLevels } from "./RuleLevel.tsx";

interface State extends RuleLevelChoice {
  /** Key of the threshold. */
  readonly chosen: string | undefined;
  readonly value: number | string | null;
}

const keyOf = ({ pathway, condition, parameter }: Threshold): string => JSON.stringify([pathway, condition, parameter]);

/** 改条件门槛: another number or date where a condition has one. */
export function ThresholdForm({ options, value, onChange }: ChangeForm<"threshold">): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const id = useId();
  const rulebooks = withLevels(options.rulebooks, ({ thresholds }) => thresholds.length > 0);
  const [state, setState] = useState<State>(() => {
    if (!value) return { ...startOf(rulebooks), chosen: undefined, value: null };
    const { condition, parameter, pathway } = value;
    const found = levelOf(rulebooks, value)?.thresholds.find(
      (one) =>
        one.condition === condition &&
        one.parameter === parameter &&
        (pathway === undefined || one.pathway === pathway),
    );
    return { ...value, chosen: found && keyOf(found), value: value.value };
  });
  const known = levelOf(rulebooks, state);
  const threshold = known?.thresholds.find((one) => keyOf(one) === state.chosen);
  const set = (made: Partial<State>): void => {
    const next = { ...state, ...made };
    setState(next);
    const { rulebook, level } = next;
    const found = levelOf(rulebooks, next)?.thresholds.find((one) => keyOf(one) === next.chosen);
    const isWhole = next.value !== null && next.value !== "";
    onChange(
      rulebook !== undefined && level !== undefined && found && isWhole && next.value !== null
        ? {
            kind: "threshold",
            ...{ rulebook, level, value: next.value },
            ...{ pathway: found.pathway, condition: found.condition, parameter: found.parameter },
          }
        : undefined,
    );
  };
  const pathways = (known?.pathways ?? []).filter((one) => known?.thresholds.some(({ pathway }) => pathway === one.id));
  return (
    <>
      <RuleLevel
        rulebooks={rulebooks}
        value={state}
        onChange={(choice) => set({ ...choice, chosen: undefined, value: null })}
      />
      <Field id={`${id}-threshold`} label={t("scenarios.fields.parameter")} testId="field-threshold">
        <Select
          id={`${id}-threshold`}
          showSearch={{ optionFilterProp: "label" }}
          value={state.chosen ?? null}
          disabled={!known}
          placeholder={t("scenarios.fields.choose")}
          options={pathways.map((pathway) => ({
            label: words.pathway(pathway.id, pathway.label),
            title: pathway.id,
            options: (known?.thresholds ?? [])
              .filter((one) => one.pathway === pathway.id)
              .map((one) => ({
                value: keyOf(one),
                label: `${words.condition(one.condition)} · ${words.say(one.label)}${t("common.colon")}${words.say(one.valueText)}`,
              })),
          }))}
          onChange={(chosen: string) =>
            set({ chosen, value: known?.thresholds.find((one) => keyOf(one) === chosen)?.value ?? null })
          }
        />
      </Field>
      {threshold && (
        <Field
          id={`${id}-value`}
          label={t("scenarios.fields.newValue")}
          hint={t("scenarios.fields.present", { value: words.say(threshold.valueText) })}
          testId="field-value"
        >
          {typeof threshold.value === "number" ? (
            <InputNumber
              id={`${id}-value`}
              value={typeof state.value === "number" ? state.value : null}
              {...(threshold.minimum === null ? {} : { min: threshold.minimum })}
              {...(threshold.maximum === null ? {} : { max: threshold.maximum })}
              suffix={words.say(threshold.unit)}
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
