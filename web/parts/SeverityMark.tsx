import { ExclamationCircleFilled, WarningOutlined } from "@ant-design/icons";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";

/** How grave a finding is: a sign and a word, never a colour alone. `short`: the word is only spoken. */
export function SeverityMark({
  of,
  short = false,
}: {
  readonly of: "error" | "warning";
  readonly short?: boolean;
}): JSX.Element {
  const { t } = useTranslation();
  return (
    <span className={of === "error" ? "mark mark-unmet" : "mark mark-unknown"}>
      <span aria-hidden="true">{of === "error" ? <ExclamationCircleFilled /> : <WarningOutlined />}</span>
      <span className={short ? "visually-hidden" : ""}>{t(`quality.${of}`)}</span>
    </span>
  );
}
