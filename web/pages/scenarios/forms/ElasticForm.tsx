import { InputNumber } from "antd";
import { type JSX, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "./Field.tsx";
import type { ChangeForm } from "./form.ts";

const fields = ["earlyShare", "earlyMonths", "lateShare", "lateMonths"] as const;
type Name = (typeof fields)[number];
type State = Readonly<Record<Name, number | null>>;

/** 弹性退休: which shares of those who reach the age leave earlier or later, and by how long. */
export function ElasticForm({ value, onChange }: ChangeForm<"elastic">): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const [state, setState] = useState<State>({
    earlyShare: value?.earlyShare ?? 0,
    earlyMonths: value?.earlyMonths ?? 12,
    lateShare: value?.lateShare ?? 0.3,
    lateMonths: value?.lateMonths ?? 12,
  });
  const tell = useRef(onChange);
  tell.current = onChange;
  const { earlyShare, earlyMonths, lateShare, lateMonths } = state;
  // what it begins with is a whole change already
  useEffect(() => {
    tell.current(
      earlyShare === null || earlyMonths === null || lateShare === null || lateMonths === null
        ? undefined
        : { kind: "elastic", earlyShare, earlyMonths, lateShare, lateMonths },
    );
  }, [earlyShare, earlyMonths, lateShare, lateMonths]);
  return (
    <div className="scenario-pairs">
      {fields.map((name) => {
        const isShare = name.endsWith("Share");
        const shown = state[name];
        return (
          <Field key={name} id={`${id}-${name}`} label={t(`scenarios.fields.${name}`)} testId={`field-${name}`}>
            <InputNumber
              id={`${id}-${name}`}
              value={shown !== null && isShare ? Math.round(shown * 1000) / 10 : shown}
              min={isShare ? 0 : 1}
              max={isShare ? 100 : 36}
              {...(isShare ? {} : { precision: 0 })}
              suffix={isShare ? "%" : t("scenarios.fields.months")}
              style={{ width: 150 }}
              onChange={(next) =>
                setState((now) => ({ ...now, [name]: next === null ? null : isShare ? next / 100 : next }))
              }
            />
          </Field>
        );
      })}
    </div>
  );
}
