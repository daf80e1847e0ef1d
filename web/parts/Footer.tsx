import { Tooltip } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { LevelCode } from "../api/types.ts";
import { useAppMeta } from "../state/meta.tsx";
import { usedRulebooks } from "../state/rulebooks.ts";
import { useFilters } from "../state/use-filters.ts";
import { useWords } from "./words.ts";

/** What every number on the page rests on: data version, when it was published, by which rulebooks it was decided. */
export function Footer({ level }: { readonly level: LevelCode | undefined }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const meta = useAppMeta();
  const { year } = useFilters();
  const used = usedRulebooks(meta, year, level);
  return (
    <div className="page-footer" data-testid="footer">
      <span>
        {t("shell.dataVersion")} <b data-testid="data-version">{meta.dataVersion}</b>
      </span>
      <span>
        {t("shell.publishedAt")} {meta.publishedAt ? words.instant(meta.publishedAt) : t("shell.notPublished")}
      </span>
      <span>
        {t("shell.rulebooks")}{" "}
        {used.length === 0
          ? t("shell.noRulebooks")
          : used.map(({ id, title, projected }, index) => (
              <span key={id} className="footer-rulebook">
                {index > 0 && t("common.comma")}
                <Tooltip title={title ? words.say(title) : id}>
                  <span>{id}</span>
                </Tooltip>
                {projected && (
                  <Tooltip title={t("shell.projectedHint")}>
                    <span>
                      {t("common.aside", { text: t(projected === "on" ? "shell.projectedOn" : "shell.projectedBack") })}
                    </span>
                  </Tooltip>
                )}
              </span>
            ))}
      </span>
    </div>
  );
}
