import { ExclamationCircleFilled, WarningOutlined } from "@ant-design/icons";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { RosterProblem } from "../../api/import-types.ts";

/** An icon, and beside it the word or only its spoken form. */
export function SeverityMark({
  of,
  short = false,
}: {
  readonly of: RosterProblem["severity"];
  readonly short?: boolean;
}): JSX.Element {
  const { t } = useTranslation();
  return (
    <span className={of === "error" ? "mark mark-unmet" : "mark mark-unknown"}>
      <span aria-hidden="true">{of === "error" ? <ExclamationCircleFilled /> : <WarningOutlined />}</span>
      <span className={short ? "visually-hidden" : ""}>{t(`imports.${of}`)}</span>
    </span>
  );
}
