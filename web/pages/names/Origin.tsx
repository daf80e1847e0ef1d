import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../parts/words.ts";

/** Who entered something and when; what comes with the product has nobody. */
export function Origin({
  who,
  changedAt,
}: {
  readonly who: string | null;
  readonly changedAt: string | null;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  if (who === null) return <span className="muted">{t("names.byProduct")}</span>;
  return (
    <>
      <span className="line">{words.who(who)}</span>
      {changedAt !== null && <span className="muted small nowrap">{words.instant(changedAt)}</span>}
    </>
  );
}
