import { Alert, Button, Drawer, Flex, Radio, Spin } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDebounced } from "../../parts/use-debounced.ts";
import { useWords } from "../../parts/words.ts";
import { useCheck } from "./api.ts";
import { saidOf } from "./checked.ts";
import { canonical } from "./draft.ts";
import { BandsForm } from "./forms/BandsForm.tsx";
import { CycleForm } from "./forms/CycleForm.tsx";
import { ElasticForm } from "./forms/ElasticForm.tsx";
import { FactorForm } from "./forms/FactorForm.tsx";
import { ThresholdForm } from "./forms/ThresholdForm.tsx";
import { TradeForm } from "./forms/TradeForm.tsx";
import { WaiveForm } from "./forms/WaiveForm.tsx";
import { Decisions, Notices } from "./Notices.tsx";
import type { ScenarioOptions } from "./options.ts";
import { type Change, type ChangeKind, changeKinds } from "./shapes.ts";

/** The form of a kind; a value of another kind is none. */
function KindForm({
  kind,
  options,
  value,
  onChange,
}: {
  readonly kind: ChangeKind;
  readonly options: ScenarioOptions;
  readonly value: Change | undefined;
  readonly onChange: (change: Change | undefined) => void;
}): JSX.Element {
  const given = { options, onChange };
  switch (kind) {
    case "threshold":
      return <ThresholdForm {...given} value={value?.kind === kind ? value : undefined} />;
    case "waive":
      return <WaiveForm {...given} value={value?.kind === kind ? value : undefined} />;
    case "trade":
      return <TradeForm {...given} value={value?.kind === kind ? value : undefined} />;
    case "bands":
      return <BandsForm {...given} value={value?.kind === kind ? value : undefined} />;
    case "cycle":
      return <CycleForm {...given} value={value?.kind === kind ? value : undefined} />;
    case "elastic":
      return <ElasticForm {...given} value={value?.kind === kind ? value : undefined} />;
    case "passing":
    case "propensity":
    case "hiring":
      return <FactorForm {...given} kind={kind} value={value?.kind === kind ? value : undefined} key={kind} />;
  }
}

/** Puts one change together: what kind, a short form, and the change in words as the server reads it. */
export function ChangeDrawer({
  changes,
  index,
  options,
  onDone,
  onClose,
}: {
  readonly changes: readonly Change[];
  /** Which of them; one beyond the last: a new one. */
  readonly index: number;
  readonly options: ScenarioOptions;
  readonly onDone: (change: Change) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const before = changes[index];
  const [kind, setKind] = useState<ChangeKind>(before?.kind ?? "threshold");
  const [change, setChange] = useState<Change | undefined>(before);
  const settled = useDebounced(change, 250);
  const check = useCheck(settled ? [...changes.slice(0, index), settled, ...changes.slice(index + 1)] : []);
  const said = saidOf(check.data, change);
  const isWrong = said.notices.some(({ severity }) => severity === "error");
  const isTwice =
    change !== undefined && changes.some((one, at) => at !== index && canonical(one) === canonical(change));
  return (
    <Drawer
      open
      size={520}
      onClose={onClose}
      title={t(before ? "scenarios.editChange" : "scenarios.addChange")}
      closable={{ "aria-label": t("names.close") }}
    >
      <form
        data-testid="change-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (change && said.text && !isWrong && !isTwice) onDone(change);
        }}
      >
        <Flex vertical gap={14}>
          <fieldset className="scenario-kinds">
            <legend>{t("scenarios.kindLabel")}</legend>
            <Radio.Group
              value={kind}
              onChange={(event) => {
                const next = changeKinds.find((one) => one === event.target.value);
                if (!next || next === kind) return;
                setKind(next);
                setChange(undefined);
              }}
              options={changeKinds.map((one) => ({ value: one, label: t(`scenarios.kind.${one}`) }))}
            />
            <p className="section-note">{t(`scenarios.kindHint.${kind}`)}</p>
          </fieldset>
          <KindForm kind={kind} options={options} value={before} onChange={setChange} />
          <section className="scenario-preview" aria-label={t("scenarios.preview")} aria-live="polite">
            {change === undefined ? (
              <p className="muted">{t("scenarios.incomplete")}</p>
            ) : check.error ? (
              <Alert type="error" showIcon title={words.problem(check.error)} data-testid="change-problem" />
            ) : said.text ? (
              <p data-testid="change-words">
                <strong>{words.say(said.text)}</strong>
                <Decisions said={said} />
              </p>
            ) : (
              <Spin size="small" aria-label={t("scenarios.checking")} />
            )}
            <Notices notices={said.notices} />
            {isTwice && <p className="field-error">{t("scenarios.twice")}</p>}
          </section>
          <Flex gap={8} justify="end">
            <Button onClick={onClose}>{t("names.cancel")}</Button>
            <Button
              type="primary"
              htmlType="submit"
              disabled={!said.text || isWrong || isTwice || check.error !== null}
              data-testid="change-done"
            >
              {t(before ? "scenarios.editChangeDone" : "scenarios.addChangeDone")}
            </Button>
          </Flex>
        </Flex>
      </form>
    </Drawer>
  );
}
