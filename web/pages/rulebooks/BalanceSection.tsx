import { Card } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { RulebookDocument } from "../../../server/rules/document.ts";
import type { LevelCode } from "../../api/types.ts";
import { useWords } from "../../parts/words.ts";
import { Basis } from "./Basis.tsx";
import { PlacesCalculator } from "./PlacesCalculator.tsx";

/** 名额平衡: how a proposed list should be spread over trades and regions, and the figures for a list of so many people. */
export function BalanceSection({
  book,
  level,
  year,
}: {
  readonly book: RulebookDocument;
  readonly level: LevelCode;
  /** Exam year of the roster; undefined without rosters. */
  readonly year: number | undefined;
}): JSX.Element | null {
  const { t } = useTranslation();
  const words = useWords();
  const { balance } = book;
  if (balance?.level !== level) return null;
  return (
    <Card
      size="small"
      className="section-card"
      title={<h3 className="card-title">{t("rulebooks.places")}</h3>}
      extra={<Basis citation={balance.citation} />}
      data-testid="rulebook-balance"
    >
      <p className="tight">
        {t("rulebooks.balanceTrade", { share: words.share(balance.trade.atMost), floor: balance.trade.floor })}
      </p>
      <p className="tight">{t("rulebooks.balanceRegion")}</p>
      {year !== undefined && <PlacesCalculator rulebook={book.id} level={level} year={year} />}
    </Card>
  );
}
