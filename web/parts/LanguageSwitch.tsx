import { Segmented } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";

export function LanguageSwitch(): JSX.Element {
  const { t, i18n } = useTranslation();
  return (
    <Segmented
      aria-label={t("shell.language")}
      data-testid="language"
      value={i18n.language === "en" ? "en" : "zh-CN"}
      options={[
        { value: "zh-CN", label: "中文" },
        { value: "en", label: "English" },
      ]}
      onChange={(language) => void i18n.changeLanguage(language)}
    />
  );
}
