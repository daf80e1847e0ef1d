/** Outcomes and decisions: an icon and a word, never a colour alone. */
import {
  CheckCircleFilled,
  CheckCircleOutlined,
  CloseCircleFilled,
  MinusCircleOutlined,
  QuestionCircleFilled,
} from "@ant-design/icons";
import type { JSX, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Decision, Outcome } from "../api/types.ts";

const decisionIcon: Record<Decision, ReactNode> = {
  eligible: <CheckCircleFilled />,
  ineligible: <CloseCircleFilled />,
  undetermined: <QuestionCircleFilled />,
};

const outcomeIcon: Record<Outcome, ReactNode> = {
  met: <CheckCircleOutlined />,
  unmet: <CloseCircleFilled />,
  unknown: <QuestionCircleFilled />,
  waived: <MinusCircleOutlined />,
};

/** `planning`: in the words of the planner's question. */
export function DecisionMark({
  decision,
  planning = false,
}: {
  readonly decision: Decision;
  readonly planning?: boolean;
}): JSX.Element {
  const { t } = useTranslation();
  return (
    <span className={`mark mark-${decision}`} data-decision={decision}>
      <span aria-hidden="true">{decisionIcon[decision]}</span>
      {planning ? t(`planning.${decision}`) : t(`decision.${decision}`)}
    </span>
  );
}

export function OutcomeMark({ outcome }: { readonly outcome: Outcome }): JSX.Element {
  const { t } = useTranslation();
  return (
    <span className={`mark mark-${outcome}`} data-outcome={outcome}>
      <span aria-hidden="true">{outcomeIcon[outcome]}</span>
      {t(`outcome.${outcome}`)}
    </span>
  );
}
