import { Alert } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useWords } from "../../parts/words.ts";
import type { ListedTrade } from "./api.ts";

/** In use, and nobody has confirmed whether it is general. */
export const isOpen = ({ workers, generalAssumed }: ListedTrade): boolean => workers > 0 && generalAssumed;

/** How much of the quota table rests on assumptions. */
export function QuotaGround({ trades }: { readonly trades: readonly ListedTrade[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const open = trades.filter(isOpen);
  const people = open.reduce((sum, { workers }) => sum + workers, 0);
  return (
    <Alert
      showIcon
      type={open.length === 0 ? "success" : "warning"}
      data-testid="trades-open"
      title={
        open.length === 0
          ? t("names.trades.none")
          : t("names.trades.open", { n: words.number(open.length), people: words.number(people) })
      }
      description={
        <>
          {open.length > 0 && t("names.trades.openNote")}{" "}
          <Link className="text-link nowrap" to="/quota">
            {t("names.trades.toQuota")}
          </Link>
        </>
      }
    />
  );
}
