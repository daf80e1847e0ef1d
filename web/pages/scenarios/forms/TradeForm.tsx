import { Segmented, Select } from "antd";
import { type JSX, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { type LevelCode, levelCodes } from "../../../api/types.ts";
import { useWords } from "../../../parts/words.ts";
import type { TradeOption } from "../options.ts";
import { Field } from "./Field.tsx";
import type { ChangeForm } from "./form.ts";

interface State {
  readonly trade: string | undefined;
  readonly open: boolean;
  readonly level: LevelCode | undefined;
  readonly rulebook: string | undefined;
}

type Standing = "closed" | "partly" | "open";

/** Whether a trade is examined at all levels, at some, or at none. */
function standingOf({ open, closed }: TradeOption): Standing {
  if (closed.length === 0) return "open";
  return open.length === 0 ? "closed" : "partly";
}

/** 开放/关闭工种: whether a trade is examined, at one level or all, in one rulebook or all. */
export function TradeForm({ options, value, onChange }: ChangeForm<"trade">): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const id = useId();
  const [state, setState] = useState<State>({
    trade: value?.trade,
    open: value?.open ?? true,
    level: value?.level,
    rulebook: value?.rulebook,
  });
  const set = (made: Partial<State>): void => {
    const next = { ...state, ...made };
    setState(next);
    const { trade, open, level, rulebook } = next;
    onChange(
      trade === undefined
        ? undefined
        : {
            kind: "trade",
            ...{ trade, open },
            ...(level === undefined ? {} : { level }),
            ...(rulebook === undefined ? {} : { rulebook }),
          },
    );
  };
  const trade = options.trades.find(({ name }) => name === state.trade);
  const group = (standing: Standing) => ({
    label: t(`scenarios.fields.standing.${standing}`),
    title: standing,
    options: options.trades
      .filter((one) => standingOf(one) === standing)
      .map(({ name, workers }) => ({
        value: name,
        label: `${name}${t("common.aside", { text: t("common.peopleCount", { n: words.number(workers) }) })}`,
      })),
  });
  const closedAt = [...new Set(trade?.closed.map(({ level }) => level) ?? [])];
  const standing = trade && standingOf(trade);
  return (
    <>
      <Field
        id={`${id}-trade`}
        label={t("scenarios.fields.trade")}
        testId="field-trade"
        {...(standing
          ? {
              hint: t(`scenarios.fields.standingNow.${standing}`, {
                levels: words.list(closedAt.map((level) => words.level(level))),
              }),
            }
          : {})}
      >
        <Select
          id={`${id}-trade`}
          showSearch={{ optionFilterProp: "label" }}
          value={state.trade ?? null}
          placeholder={t("scenarios.fields.choose")}
          options={(["closed", "partly", "open"] as const).map(group).filter((one) => one.options.length > 0)}
          onChange={(name: string) => {
            const found = options.trades.find((one) => one.name === name);
            set({ trade: name, open: found === undefined || standingOf(found) !== "open" });
          }}
        />
      </Field>
      <Segmented<"open" | "close">
        className="scenario-choice"
        aria-label={t("scenarios.kind.trade")}
        value={state.open ? "open" : "close"}
        options={(["open", "close"] as const).map((to) => ({ value: to, label: t(`scenarios.fields.${to}`) }))}
        onChange={(to) => set({ open: to === "open" })}
      />
      <Field id={`${id}-level`} label={t("scenarios.fields.level")} testId="field-level">
        <Select<LevelCode | "">
          id={`${id}-level`}
          value={state.level ?? ""}
          options={[
            { value: "" as const, label: t("scenarios.fields.everyLevel") },
            ...levelCodes.map((level) => ({ value: level, label: words.level(level) })),
          ]}
          onChange={(level) => set({ level: level === "" ? undefined : level })}
        />
      </Field>
      <Field id={`${id}-rulebook`} label={t("scenarios.fields.rulebook")} testId="field-rulebook">
        <Select
          id={`${id}-rulebook`}
          value={state.rulebook ?? ""}
          options={[
            { value: "", label: t("scenarios.fields.everyRulebook") },
            ...options.rulebooks.map((one) => ({ value: one.id, label: words.say(one.name) })),
          ]}
          onChange={(rulebook: string) => set({ rulebook: rulebook === "" ? undefined : rulebook })}
        />
      </Field>
    </>
  );
}
