import { Card, Table, Tag, Tooltip } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { RulebookDocument } from "../../../server/rules/document.ts";
import type { Citation, LevelCode, Message } from "../../api/types.ts";
import { useWords } from "../../parts/words.ts";
import { Basis } from "./Basis.tsx";

interface Row {
  readonly key: string;
  readonly part: string;
  /** The whole part is. */
  readonly partDerived: boolean;
  readonly cap: number;
  /** Rows of the part, on its first row; 0 on the others. */
  readonly span: number;
  readonly label: Message;
  readonly points: number;
  readonly citation: Citation;
  readonly derived: boolean;
}

function Derived(): JSX.Element {
  const { t } = useTranslation();
  return (
    <Tooltip title={t("check.derivedHint")}>
      <Tag variant="outlined" className="small-tag" tabIndex={0}>
        {t("check.derived")}
      </Tag>
    </Tooltip>
  );
}

/** 量化考评: what gives points, part by part, with the caps. */
export function ScoreSection({
  book,
  level,
}: {
  readonly book: RulebookDocument;
  readonly level: LevelCode;
}): JSX.Element | null {
  const { t } = useTranslation();
  const words = useWords();
  const { scores } = book;
  if (!scores?.levels.includes(level)) return null;
  const { daily, honours, continuingEducation, ability } = scores;
  const abilityItems = ability.marks.map(({ mark, label, points }) => ({
    item: mark,
    label,
    points,
    citation: ability.citation,
    derived: ability.derived,
  }));
  const parts = [daily, honours, { ...ability, items: abilityItems }, continuingEducation];
  const rows: Row[] = parts.flatMap(({ label, cap, derived, items }) =>
    items.map((item, index) => ({
      key: item.item,
      part: words.say(label),
      partDerived: derived,
      cap,
      span: index === 0 ? items.length : 0,
      label: item.label,
      points: item.points,
      citation: item.citation,
      derived: item.derived && !derived,
    })),
  );
  const total = parts.reduce((sum, { cap }) => sum + cap, 0);
  return (
    <Card
      size="small"
      className="section-card"
      data-testid="rulebook-scores"
      title={
        <h3 className="card-title">
          {t("rulebooks.scores")}
          <span className="muted section-aside">{t("rulebooks.scoreTotal", { n: total })}</span>
        </h3>
      }
    >
      <Table<Row>
        size="small"
        pagination={false}
        aria-label={t("rulebooks.scores")}
        dataSource={rows}
        columns={[
          {
            key: "part",
            title: t("rulebooks.scorePart"),
            width: 220,
            onCell: ({ span }) => ({ rowSpan: span, className: "top-cell" }),
            render: (_, { part, cap, partDerived }) => (
              <>
                <strong>{part}</strong>
                {partDerived && <Derived />}
                <div className="muted small">{t("rulebooks.scoreCap", { n: cap })}</div>
              </>
            ),
          },
          { key: "item", title: t("rulebooks.scoreItem"), render: (_, { label }) => words.say(label) },
          {
            key: "points",
            title: t("rulebooks.scorePoints"),
            align: "right",
            width: 80,
            render: (_, { points }) => <span className="number">{points}</span>,
          },
          {
            key: "basis",
            title: t("check.basis"),
            width: 260,
            render: (_, { citation, derived }) => (
              <span className="small muted">
                <Basis citation={citation} />
                {derived && <Derived />}
              </span>
            ),
          },
        ]}
      />
    </Card>
  );
}
