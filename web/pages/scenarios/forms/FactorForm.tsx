import { InputNumber, Select } from "antd";
import { type JSX, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type LevelCode, levelCodes } from "../../../api/types.ts";
import { useWords } from "../../../parts/words.ts";
import { Field } from "./Field.tsx";
import type { ChangeForm } from "./form.ts";

type FactorKind = "passing" | "propensity" | "hiring";

interface State {
  readonly factor: number | null;
  readonly level: LevelCode | undefined;
}

const labels = {
  passing: "scenarios.fields.factorPassing",
  propensity: "scenarios.fields.factorPropensity",
  hiring: "scenarios.fields.factorHiring",
} as const;

/** 改合格率, 改申报意愿, 招聘补充: so many times as much as now. */
export function FactorForm({
  kind,
  value,
  onChange,
}: ChangeForm<FactorKind> & { readonly kind: FactorKind }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const id = useId();
  const [state, setState] = useState<State>({
    factor: value?.factor ?? (kind === "hiring" ? 0.5 : 1.25),
    level: value && value.kind !== "hiring" ? value.level : undefined,
  });
  const tell = useRef(onChange);
  tell.current = onChange;
  const { factor, level } = state;
  // what it begins with is a whole change already
  useEffect(() => {
    if (factor === null) tell.current(undefined);
    else if (kind === "hiring") tell.current({ kind, factor });
    else tell.current({ kind, factor, ...(level === undefined ? {} : { level }) });
  }, [kind, factor, level]);
  return (
    <>
      <Field
        id={`${id}-factor`}
        label={t(labels[kind])}
        hint={t(kind === "hiring" ? "scenarios.fields.hiringHint" : "scenarios.fields.factorHint")}
        testId="field-factor"
      >
        <InputNumber
          id={`${id}-factor`}
          value={factor}
          min={kind === "hiring" ? 0 : 0.01}
          max={kind === "hiring" ? 10 : 100}
          step={0.05}
          suffix={t("scenarios.fields.times")}
          style={{ width: 160 }}
          onChange={(next) => setState((now) => ({ ...now, factor: next }))}
        />
      </Field>
      {kind !== "hiring" && (
        <Field id={`${id}-level`} label={t("scenarios.fields.level")} testId="field-level">
          <Select<LevelCode | "">
            id={`${id}-level`}
            value={level ?? ""}
            options={[
              { value: "" as const, label: t("scenarios.fields.everyLevel") },
              ...levelCodes.map((code) => ({ value: code, label: words.level(code) })),
            ]}
            onChange={(next) => setState((now) => ({ ...now, level: next === "" ? undefined : next }))}
          />
        </Field>
      )}
    </>
  );
}
