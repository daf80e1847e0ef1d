import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import "./imports.css";

/** 导入 | 历史: the two pages about roster files, links to each other. */
export function ImportTabs(): JSX.Element {
  const { t } = useTranslation();
  return (
    <nav aria-label={t("importing.tabs.label")} className="import-tabs no-print">
      <NavLink to="/import" end>
        {t("importing.tabs.import")}
      </NavLink>
      <NavLink to="/import/history">{t("importing.tabs.history")}</NavLink>
    </nav>
  );
}
