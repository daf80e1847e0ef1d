import { Card, Descriptions, Flex, Segmented, Table, Tag } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AbilityScore, PartScore, ScoredItem, ScoreResult } from "../../../server/rules/score.ts";
import { type ScoreQuestion, useRetry, useRulebook, useScore } from "../../api/hooks.ts";
import { ApiProblem } from "../../api/problem.ts";
import type { LevelCode, Message } from "../../api/types.ts";
import { ErrorState, LoadingState } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { FactButtons } from "./FactButtons.tsx";

type Reading = ScoreResult["honours"]["reading"];
const readings: readonly Reading[] = ["single", "sum", "topTier"];

function PartTitle({ part }: { readonly part: Pick<PartScore, "label" | "points" | "cap" | "derived"> }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <h3 className="card-title">
      {words.say(part.label)}
      <span className="score-points number">{t("score.of", { points: part.points, cap: part.cap })}</span>
      {part.derived && (
        <Tag variant="outlined" className="small-tag">
          {t("check.derived")}
        </Tag>
      )}
    </h3>
  );
}

/** Every item found in the facts, counted or not, and why not. */
function Items({ part }: { readonly part: PartScore }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  if (part.items.length === 0) return <p className="section-note">{t("score.noItems")}</p>;
  return (
    <>
      <Table<ScoredItem>
        size="small"
        pagination={false}
        rowKey={(item) => `${item.item} ${item.year} ${item.date} ${item.matter} ${part.items.indexOf(item)}`}
        aria-label={words.say(part.label)}
        dataSource={part.items}
        rowClassName={({ counted }) => (counted ? "" : "not-counted")}
        columns={[
          {
            key: "year",
            title: t("score.year"),
            width: 70,
            render: (_, { year }) => <span className="number">{year ?? t("common.dash")}</span>,
          },
          {
            key: "item",
            title: t("score.item"),
            render: (_, { label, date, matter, citation }) => (
              <>
                {words.say(label)}
                <div className="muted small">
                  {[date, matter, `${citation.document} ${citation.clause}`].filter((one) => one !== null).join(" · ")}
                </div>
              </>
            ),
          },
          {
            key: "points",
            title: t("score.points"),
            align: "right",
            width: 70,
            render: (_, { points }) => <span className="number">{points}</span>,
          },
          {
            key: "counted",
            title: t("score.counted"),
            width: 220,
            render: (_, { counted, reason }) =>
              counted ? (
                <span className="mark mark-met">{t("score.yes")}</span>
              ) : (
                <span className="muted">
                  {t("score.no")}
                  {reason && `${t("common.colon")}${words.say(reason)}`}
                </span>
              ),
          },
        ]}
      />
      {part.raw > part.cap && (
        <p className="section-note section-footer">{t("score.capped", { raw: part.raw, cap: part.cap })}</p>
      )}
    </>
  );
}

function Ability({ ability, label }: { readonly ability: AbilityScore | null; readonly label: Message }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  if (!ability) {
    return (
      <Card size="small" className="section-card" title={<h3 className="card-title">{words.say(label)}</h3>}>
        <p className="tight">{t("score.noMarks")}</p>
      </Card>
    );
  }
  return (
    <Card size="small" className="section-card" title={<PartTitle part={ability} />} data-testid="score-ability">
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2, xl: 4 }}
        items={ability.marks.map(({ mark, label, value, weight, points }) => ({
          key: mark,
          label: words.say(label),
          children: <span className="number">{t("score.mark", { value, weight, points })}</span>,
        }))}
      />
    </Card>
  );
}

/** 量化考评: the points of one worker, part by part, every item with the reason why it counts or not. */
export function ScorePanel({
  question,
  onFact,
  nameOf,
}: {
  readonly question: Omit<ScoreQuestion, "reading">;
  readonly onFact: (name: string) => void;
  readonly nameOf: (name: string) => string | undefined;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const retry = useRetry();
  const [reading, setReading] = useState<Reading | undefined>(undefined);
  const book = useRulebook(question.rulebook, undefined);
  const rule = book.data?.id === question.rulebook ? book.data.scores : undefined;
  const isScored = rule?.levels.includes(question.level as LevelCode) ?? false;
  const score = useScore(isScored ? { ...question, ...(reading ? { reading } : {}) } : undefined);
  const { error } = score;
  const property = error instanceof ApiProblem ? error.property : undefined;
  if (book.error) return <ErrorState error={book.error} onRetry={retry} />;
  if (rule === undefined) return <LoadingState rows={6} />;
  if (rule === null || !isScored) {
    return (
      <Card size="small" className="section-card" data-testid="no-score">
        <p className="tight">
          {rule === null
            ? t("score.noRule")
            : t("score.otherLevels", { levels: words.list(rule.levels.map((level) => words.level(level))) })}
        </p>
      </Card>
    );
  }
  if (error && property !== undefined && nameOf(property) !== undefined) {
    return (
      <Card size="small" className="section-card">
        <p className="field-error" role="alert">
          {words.problem(error)}
        </p>
        <FactButtons names={[property]} nameOf={nameOf} onFact={onFact} />
      </Card>
    );
  }
  if (error) return <ErrorState error={error} onRetry={retry} />;
  const result = score.data;
  if (!result) return <LoadingState rows={8} />;
  const ability = result.ability ?? { label: rule.ability.label, cap: rule.ability.cap, points: null };
  const parts = [result.daily, result.honours, ability, result.continuingEducation];
  return (
    <Flex vertical gap={12} data-testid="score">
      <Card size="small" className="decision decision-score">
        <Flex gap={16} align="baseline" wrap aria-live="polite">
          <span className="decision-word number" data-testid="score-total">
            {t("score.total", { points: result.total })}
          </span>
          <span className="muted">{t("score.cap", { cap: result.cap })}</span>
          {!result.ability && <span className="muted">{t("score.withoutAbility")}</span>}
        </Flex>
        <dl className="report-counts score-parts">
          {parts.map(({ label, points, cap }) => (
            <div key={label.zh}>
              <dt>{words.say(label)}</dt>
              <dd className="number">
                {points === null ? t("score.notYet", { cap }) : t("score.of", { points, cap })}
              </dd>
            </div>
          ))}
        </dl>
        <p className="section-note section-footer">
          {t("score.period", { since: result.period.since, through: result.period.through })}
        </p>
        {result.missing.length > 0 && (
          <section className="decision-reasons">
            <h3>
              {t("score.missing")}
              <span className="muted"> · {t("score.missingNote")}</span>
            </h3>
            <FactButtons names={result.missing} nameOf={nameOf} onFact={onFact} />
          </section>
        )}
      </Card>
      <Card size="small" className="section-card" title={<PartTitle part={result.daily} />} data-testid="score-daily">
        <Items part={result.daily} />
      </Card>
      <Card
        size="small"
        className="section-card"
        title={<PartTitle part={result.honours} />}
        data-testid="score-honours"
        extra={
          <Segmented<Reading>
            size="small"
            aria-label={t("score.reading")}
            value={result.honours.reading}
            options={readings.map((value) => ({ value, label: t(`score.readings.${value}`) }))}
            onChange={setReading}
          />
        }
      >
        <p className="section-note">{t(`score.readingHint.${result.honours.reading}`)}</p>
        <Items part={result.honours} />
      </Card>
      <Ability ability={result.ability} label={rule.ability.label} />
      <Card
        size="small"
        className="section-card"
        title={<PartTitle part={result.continuingEducation} />}
        data-testid="score-training"
      >
        <Items part={result.continuingEducation} />
      </Card>
    </Flex>
  );
}
