import { Card, Table } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { RulebookDocument } from "../../../server/rules/document.ts";
import type { QuotaByBands, QuotaByShare, QuotaRule } from "../../../server/rules/quota.ts";
import type { LevelCode } from "../../api/types.ts";
import { useWords } from "../../parts/words.ts";
import { Basis } from "./Basis.tsx";

function Bands({ rule }: { readonly rule: QuotaByBands }): JSX.Element {
  const { t } = useTranslation();
  const rows = rule.bands.map((band, index) => ({ ...band, below: rule.bands[index - 1]?.from }));
  return (
    <Table
      size="small"
      rowKey="from"
      pagination={false}
      aria-label={t("rulebooks.quota")}
      dataSource={rows}
      style={{ maxWidth: 640 }}
      columns={[
        {
          key: "from",
          title: t("rulebooks.quotaTechnicians"),
          render: (_, { from, below }) => (
            <span className="number">
              {below === undefined
                ? t("rulebooks.bandFrom", { from })
                : t("rulebooks.bandBetween", { from, to: below - 1 })}
            </span>
          ),
        },
        {
          key: "places",
          title: t("rulebooks.quotaPlaces"),
          align: "right",
          width: 120,
          render: (_, { places }) => <span className="number">{places}</span>,
        },
        {
          key: "alternate",
          title: t("rulebooks.quotaNote"),
          render: (_, { alternateYears }) => (alternateYears ? t("rulebooks.alternateYears") : t("common.dash")),
        },
      ]}
    />
  );
}

function Share({ rule }: { readonly rule: QuotaByShare }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const share = words.share(rule.share.atMost);
  return <p className="tight">{t("rulebooks.quotaShare", { share, level: words.level(rule.level) })}</p>;
}

/** 指标: how many places a unit has at this level, where the rulebook says so. */
export function QuotaSection({
  book,
  level,
}: {
  readonly book: RulebookDocument;
  readonly level: LevelCode;
}): JSX.Element | null {
  const { t } = useTranslation();
  const rule: QuotaRule | null = book.quota;
  if (!rule || rule.level !== level) return null;
  return (
    <Card
      size="small"
      className="section-card"
      data-testid="rulebook-quota"
      title={<h3 className="card-title">{t("rulebooks.quota")}</h3>}
      extra={<Basis citation={rule.citation} />}
    >
      {"bands" in rule ? <Bands rule={rule} /> : <Share rule={rule} />}
    </Card>
  );
}
