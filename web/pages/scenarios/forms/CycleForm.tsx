import { Segmented } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChangeForm } from "./form.ts";
import { levelOf, RuleLevel, type RuleLevelChoice, rulebooksFor, startOf } from "./RuleLevel.tsx";

type Years = 1 | 2;
interface State extends RuleLevelChoice {
  readonly years: Years | undefined;
}

/** 改考评周期: whether a level is examined every year or every other year. */
export function CycleForm({ options, value, onChange }: ChangeForm<"cycle">): JSX.Element {
  const { t } = useTranslation();
  const rulebooks = rulebooksFor("cycle", options);
  const [state, setState] = useState<State>(
    value
      ? { rulebook: value.rulebook, level: value.level, years: value.years }
      : { ...startOf(rulebooks), years: undefined },
  );
  const present: Years = (levelOf(rulebooks, state)?.cycle ?? 1) === 1 ? 1 : 2;
  const set = (next: State): void => {
    setState(next);
    const { rulebook, level, years } = next;
    onChange(
      rulebook !== undefined && level !== undefined && years !== undefined
        ? { kind: "cycle", rulebook, level, years }
        : undefined,
    );
  };
  return (
    <>
      <RuleLevel rulebooks={rulebooks} value={state} onChange={(choice) => set({ ...state, ...choice })} />
      <Segmented<Years>
        className="scenario-choice"
        aria-label={t("scenarios.fields.cycle")}
        value={state.years ?? present}
        options={[
          { value: 1 as const, label: t("scenarios.fields.everyYear") },
          { value: 2 as const, label: t("scenarios.fields.everyTwoYears") },
        ]}
        onChange={(years) => set({ ...state, years })}
      />
    </>
  );
}
