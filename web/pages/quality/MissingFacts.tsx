import { CheckCircleOutlined } from "@ant-design/icons";
import { Card, Table } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type MissingCount, missingCounts, type QualityCounts } from "../../api/roster-types.ts";
import { useWords } from "../../parts/words.ts";
import { openList } from "../../state/roster-search.ts";
import { useRosterSearch } from "../../state/use-roster-search.ts";

interface Missing {
  readonly key: MissingCount;
  readonly people: number;
}

/** How many people lack which key fact; the widest bar is the fact that is missing most. */
export function MissingFacts({ counts }: { readonly counts: QualityCounts }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { href } = useRosterSearch();
  const rows: readonly Missing[] = missingCounts
    .map((key) => ({ key, people: counts[key] }))
    .sort((a, b) => b.people - a.people);
  const most = rows[0]?.people ?? 0;
  return (
    <Card
      size="small"
      className="section-card"
      title={<h2 className="card-title">{t("quality.missing")}</h2>}
      extra={
        counts.incompleteRows > 0 && (
          <Link className="text-link" to={href((old) => openList(old, { code: "key-facts-missing" }))}>
            {t("common.viewList", { name: t("quality.incompleteRows"), n: words.number(counts.incompleteRows) })}
          </Link>
        )
      }
      data-testid="quality-missing"
    >
      <p className="section-note">{t("quality.missingNote")}</p>
      {most === 0 && (
        <p className="mark mark-met">
          <CheckCircleOutlined aria-hidden="true" /> {t("quality.noMissing")}
        </p>
      )}
      <Table<Missing>
        size="small"
        pagination={false}
        aria-label={t("quality.missing")}
        dataSource={rows}
        rowKey="key"
        columns={[
          { key: "field", title: t("quality.field"), render: (_, { key }) => t(`quality.facts.${key}`) },
          {
            key: "bar",
            title: <span className="visually-hidden">{t("quality.missing")}</span>,
            width: "34%",
            render: (_, { people }) => (
              <span className="cell-bar" aria-hidden="true">
                <span style={{ width: `${most === 0 ? 0 : (people / most) * 100}%` }} />
              </span>
            ),
          },
          {
            key: "people",
            title: t("quality.missingPeople"),
            align: "right",
            width: 90,
            render: (_, { key, people }) => (
              <span className="number" data-testid={`missing-${key}`}>
                {words.number(people)}
              </span>
            ),
          },
          {
            key: "share",
            title: t("quality.share"),
            align: "right",
            width: 80,
            render: (_, { people }) => (
              <span className="number">
                {counts.workers === 0 ? t("common.dash") : words.percent(people / counts.workers)}
              </span>
            ),
          },
        ]}
      />
    </Card>
  );
}
