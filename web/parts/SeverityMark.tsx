import { ExclamationCircleFilled, WarningOutlined } from "@ant-design/icons";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";

/** How grave a finding is: a sign and a word, never a colour alone. */
export function SeverityMark({ of }: { readonly of: "error" | "warning" }): JSX.Element {
  const { t } = useTranslation();
  return (
    <span className={of === "error" ? "mark mark-unmet" : "mark mark-unknown"}>
      <span aria-hidden="true">{of === "error" ? <ExclamationCircleFilled /> : <WarningOutlined />}</span>
      {t(`quality.${of}`)}
    </span>
  );
}
