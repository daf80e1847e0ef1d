import { Alert } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { Signal } from "../../api/types.ts";
import { useWords } from "../../parts/words.ts";

const signs: Readonly<Record<Signal, string>> = { above: "▲", below: "▼", inside: "●", few: "○" };

/** Where a group lies against its limits, in a sign and a word. */
export function SignalMark({ signal }: { readonly signal: Signal }): JSX.Element {
  const { t } = useTranslation();
  return (
    <span className={`signal signal-${signal}`}>
      <span aria-hidden="true">{signs[signal]} </span>
      {t(`bottlenecks.signal.${signal}`)}
    </span>
  );
}

/** How many groups lie outside their limits. */
export function SignalsFound({
  above,
  below,
  testId,
}: {
  readonly above: number;
  readonly below: number;
  readonly testId: string;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Alert
      type={above + below > 0 ? "warning" : "info"}
      showIcon
      data-testid={testId}
      title={
        above + below > 0
          ? t("bottlenecks.signalsFound", { above: words.number(above), below: words.number(below) })
          : t("bottlenecks.signalsNone")
      }
    />
  );
}
