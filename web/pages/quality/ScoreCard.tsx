import { Card, Table } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { QualityCounts } from "../../api/roster-types.ts";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { useWords } from "../../parts/words.ts";
import { openList } from "../../state/roster-search.ts";
import { useRosterSearch } from "../../state/use-roster-search.ts";
import { partText, points, pointsText, scoreOf } from "./score.ts";

interface Part {
  readonly key: "rows" | "facts";
  readonly name: string;
  readonly of: string;
  readonly share: number;
}

/** The score of the place with what it is made of, and how many rows and findings are behind it. */
export function ScoreCard({ counts, place }: { readonly counts: QualityCounts; readonly place: string }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { href } = useRosterSearch();
  const score = scoreOf(counts);
  const parts: readonly Part[] = score
    ? [
        {
          key: "rows",
          name: t("quality.rowsPart"),
          of: t("quality.rowsOf", {
            a: words.number(counts.workers - counts.errorRows),
            b: words.number(counts.workers),
          }),
          share: score.rowsWithoutError,
        },
        {
          key: "facts",
          name: t("quality.factsPart"),
          of: t("quality.factsOf", { a: words.number(counts.factsKnown), b: words.number(counts.factsExpected) }),
          share: score.factsKnown,
        },
      ]
    : [];
  const rows = (["workers", "cleanRows", "errorRows", "warningRows", "incompleteRows"] as const).map((key) => ({
    key,
    value: <span className="number">{words.number(counts[key])}</span>,
    unit: t(key === "workers" ? "quality.workersUnit" : "quality.rowsUnit"),
  }));
  const findings = (["errors", "warnings"] as const).map((key) => ({
    key,
    value: (
      <NumberLink
        value={counts[key]}
        name={t(`quality.${key}`)}
        label={t("quality.openList", { what: t(`quality.${key}`), n: words.number(counts[key]) })}
        to={href((old) => openList(old, { severity: key === "errors" ? "error" : "warning" }))}
        testId={`quality-${key}`}
      />
    ),
    unit: t("quality.findingsUnit"),
  }));
  return (
    <Card
      size="small"
      className="section-card"
      title={<h2 className="card-title">{t("quality.scoreOf", { place })}</h2>}
      data-testid="quality-score"
    >
      {score === null ? (
        <p>{t("quality.noWorkers")}</p>
      ) : (
        <div className="score-head">
          <div className="score-figure">
            <strong data-testid="quality-points">{pointsText(score.score)}</strong> <span>{t("quality.points")}</span>
          </div>
          <Table<Part>
            size="small"
            pagination={false}
            dataSource={parts}
            rowKey="key"
            aria-label={t("quality.part")}
            columns={[
              {
                key: "name",
                title: t("quality.part"),
                render: (_, row) => (
                  <>
                    {row.name}
                    <div className="muted small number">{row.of}</div>
                  </>
                ),
              },
              {
                key: "share",
                title: t("quality.share"),
                align: "right",
                render: (_, { share }) => <span className="number">{`${partText(share * 100)}%`}</span>,
              },
              {
                key: "full",
                title: t("quality.full"),
                align: "right",
                render: (_, row) => <span className="number">× {points[row.key]}</span>,
              },
              {
                key: "points",
                title: t("quality.score"),
                align: "right",
                render: (_, row) => (
                  <span className="number" data-testid={`quality-part-${row.key}`}>
                    {partText(row.share * points[row.key])}
                  </span>
                ),
              },
            ]}
          />
        </div>
      )}
      <dl className="report-counts quality-counts">
        {[...rows, ...findings].map(({ key, value, unit }) => (
          <div key={key}>
            <dt>{t(`quality.${key}`)}</dt>
            <dd>
              <span className="stat-figure" data-testid={`quality-count-${key}`}>
                {value}
              </span>{" "}
              <span className="muted small">{unit}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="section-note section-footer">{t("quality.formula")}</p>
    </Card>
  );
}
