import { Card } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { RulebookDocument } from "../../../server/rules/document.ts";
import type { LevelCode } from "../../api/types.ts";
import { useWords } from "../../parts/words.ts";
import { Basis } from "./Basis.tsx";

/** 名额平衡: how a proposed list should be spread over trades and regions. */
export function BalanceSection({
  book,
  level,
}: {
  readonly book: RulebookDocument;
  readonly level: LevelCode;
}): JSX.Element | null {
  const { t } = useTranslation();
  const words = useWords();
  const { balance } = book;
  if (balance?.level !== level) return null;
  const share = new Intl.NumberFormat(words.language, { style: "percent", maximumFractionDigits: 2 }).format(
    balance.trade.atMost,
  );
  return (
    <Card
      size="small"
      className="section-card"
      title={<h3 className="card-title">{t("rulebooks.places")}</h3>}
      extra={<Basis citation={balance.citation} />}
      data-testid="rulebook-balance"
    >
      <p className="tight">{t("rulebooks.balanceTrade", { share, floor: balance.trade.floor })}</p>
      <p className="tight">{t("rulebooks.balanceRegion")}</p>
    </Card>
  );
}
