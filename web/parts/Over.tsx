import { WarningOutlined } from "@ant-design/icons";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "./words.ts";

/** "Over" never by colour alone: a sign and words say it too. */
export function Over({ value }: { readonly value: number | null }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  if (value === null) return <span>{t("common.dash")}</span>;
  if (value === 0) return <span className="number">0</span>;
  return (
    <strong className="over">
      <WarningOutlined aria-hidden="true" /> {t("quota.overBy", { n: words.number(value) })}
    </strong>
  );
}
