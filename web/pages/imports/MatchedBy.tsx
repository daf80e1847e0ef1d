import { CheckCircleOutlined, HistoryOutlined, MinusCircleOutlined, QuestionCircleFilled } from "@ant-design/icons";
import { Button } from "antd";
import type { JSX, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../parts/words.ts";
import type { Matched } from "./matching.ts";

const icons: Record<Matched["by"], readonly [style: string, icon: ReactNode]> = {
  heading: ["mark-met", <CheckCircleOutlined key="icon" />],
  clerk: ["mark-met", <CheckCircleOutlined key="icon" />],
  memory: ["mark-met", <HistoryOutlined key="icon" />],
  leftOut: ["mark-waived", <MinusCircleOutlined key="icon" />],
  repeated: ["mark-waived", <MinusCircleOutlined key="icon" />],
  unknown: ["mark-unknown", <QuestionCircleFilled key="icon" />],
};

/** Why a column is taken for what it is, and how to take that back. */
export function MatchedBy({
  matched: { column, by },
  changed,
  forgetting,
  onForget,
  onReset,
}: {
  readonly matched: Matched;
  /** The clerk has said something about it. */
  readonly changed: boolean;
  readonly forgetting: boolean;
  readonly onForget: () => void;
  readonly onReset: () => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const [style, icon] = icons[by];
  const { heading, remembered } = column;
  return (
    <span className="target-choice">
      <span className={`mark ${style}`}>
        <span aria-hidden="true">{icon}</span>
        {t(`importing.by.${by}`)}
      </span>
      {by === "memory" && remembered && (
        <>
          <span className="muted">
            {t("importing.match.rememberedBy", {
              who: words.who(remembered.who),
              when: words.instant(remembered.changedAt),
            })}
          </span>
          <Button
            size="small"
            loading={forgetting}
            onClick={onForget}
            aria-label={t("importing.match.forgetOne", { heading })}
            data-testid={`forget-${column.letter}`}
          >
            {t("importing.match.forget")}
          </Button>
        </>
      )}
      {changed && (
        <Button size="small" type="link" onClick={onReset} aria-label={t("importing.match.resetOne", { heading })}>
          {t("importing.match.reset")}
        </Button>
      )}
    </span>
  );
}
