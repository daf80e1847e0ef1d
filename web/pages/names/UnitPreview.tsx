import { Alert } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../parts/words.ts";
import type { RosterUnit } from "./api.ts";
import { rowsOf } from "./unit-rows.ts";

/** How many rows follow, from what is filled in so far. */
export function UnitPreview({
  from,
  to,
  since,
}: {
  readonly from: RosterUnit | undefined;
  readonly to: RosterUnit | undefined;
  readonly since: number | null | undefined;
}): JSX.Element | null {
  const { t } = useTranslation();
  const words = useWords();
  if (!from || !to || !since) return null;
  const rows = rowsOf(from, since);
  return (
    <Alert
      type={rows === 0 ? "warning" : "info"}
      showIcon
      title={t("names.units.preview")}
      data-testid="unit-preview"
      description={
        <>
          <p className="tight">
            {rows === 0
              ? t("names.units.previewNone", { from: from.unit, since })
              : t("names.units.previewFollow", {
                  from: from.unit,
                  to: to.unit,
                  since,
                  all: words.number(rowsOf(from)),
                  rows: words.number(rows),
                  own: words.number(rowsOf(to, since)),
                })}
          </p>
          <span className="muted">{t("names.units.previewRaw")}</span>
        </>
      }
    />
  );
}
