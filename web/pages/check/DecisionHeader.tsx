import { Card, Descriptions, Flex, Tag, Tooltip } from "antd";
import type { JSX, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { EvaluationResult } from "../../api/types.ts";
import { DecisionMark } from "../../parts/Marks.tsx";
import { useWords } from "../../parts/words.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { type Assumption, assumptionsOf } from "./assumptions.ts";
import { blockedPathway, blockingConditions } from "./explain.ts";
import { FactButtons } from "./FactButtons.tsx";
import { PlanningTag } from "./marks.tsx";

/** Years ahead that the first eligible year is looked for in. */
const horizon = 15;

/** The decision in words: what it is, what planning assumes, what stands in the way and what is not known. */
export function DecisionHeader({
  result,
  before,
  nameOf,
  onFact,
}: {
  readonly result: EvaluationResult;
  /** With the roster's facts, while they are changed. */
  readonly before: EvaluationResult | undefined;
  /** The label of a fact or of a way of meeting a condition. */
  readonly nameOf: (name: string) => string | undefined;
  readonly onFact: (name: string) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { rulebooks } = useAppMeta();
  const book = rulebooks.find(({ id }) => id === result.rulebook);
  const assumptionName = ({ condition, parts }: Assumption): string => {
    if (parts.length === 0) return words.condition(condition);
    const names = words.list(parts.map((part) => nameOf(part) ?? part));
    return `${words.condition(condition)}${t("common.aside", { text: names })}`;
  };
  const assumptions = assumptionsOf(result);
  const blocked = blockedPathway(result);
  const first = result.firstEligibleYear;
  const items: { key: string; label: string; children: ReactNode }[] = [
    {
      key: "planning",
      label: t("check.planningLine"),
      children: (
        <Flex vertical gap={2}>
          <DecisionMark decision={result.planningDecision} planning />
          {assumptions.length > 0 && (
            <div data-testid="assumed">
              {(["assume", "exclude"] as const).map((planning) => {
                const names = assumptions.filter((one) => one.planning === planning).map(assumptionName);
                return (
                  names.length > 0 && (
                    <div key={planning} className="assumption">
                      <PlanningTag planning={planning} />
                      <span>{words.list(names)}</span>
                    </div>
                  )
                );
              })}
            </div>
          )}
        </Flex>
      ),
    },
    {
      key: "first",
      label: t("check.firstEligible"),
      children: (
        <span data-testid="first-eligible-year">
          {first === null
            ? // "not before" would be more than is known
              result.planningDecision === "undetermined"
              ? t("check.firstEligibleOpen")
              : t("check.firstEligibleNone", { to: result.examYear + horizon })
            : first === result.examYear
              ? t("check.firstEligibleNow", { year: first })
              : t("check.firstEligibleIn", { year: first, n: first - result.examYear })}
        </span>
      ),
    },
    ...(result.modules.length > 0
      ? [
          {
            key: "modules",
            label: t("check.modules"),
            children: words.list(result.modules.map((module) => t(`module.${module}`))),
          },
        ]
      : []),
    ...(result.selectionExam === "required" || result.selectionExam === "exempt"
      ? [
          {
            key: "selection",
            label: t("check.selectionExam"),
            children: t(`check.selection.${result.selectionExam}`),
          },
        ]
      : []),
    ...(result.remarks.length > 0
      ? [{ key: "remarks", label: t("check.remarks"), children: words.list(result.remarks.map(words.remark)) }]
      : []),
  ];
  return (
    <Card
      size="small"
      className={`decision decision-${result.decision}`}
      data-testid="decision"
      data-decision={result.decision}
      data-planning={result.planningDecision}
    >
      <Flex gap={16} align="baseline" wrap className="decision-line" aria-live="polite">
        <span className="decision-word">
          <DecisionMark decision={result.decision} />
        </span>
        {before && before.targetLevel === result.targetLevel && before.decision !== result.decision && (
          <Tag variant="outlined" className="small-tag changed-tag">
            {t("check.changed", { before: t(`decision.${before.decision}`) })}
          </Tag>
        )}
        <span>
          {words.level(result.targetLevel)} · {t("filters.yearOption", { year: result.examYear })} ·{" "}
          {book ? words.say(book.title) : result.rulebook}
        </span>
        {result.projected && (
          <Tooltip title={t("check.projectedHint", { year: book?.year ?? "" })}>
            <Tag variant="outlined">
              {t(book && book.year > result.examYear ? "check.projectedBack" : "check.projectedOn")}
            </Tag>
          </Tooltip>
        )}
      </Flex>
      {result.blocking.length > 0 && (
        <section className="decision-reasons" data-testid="blocking">
          <h3>
            {t("check.blockingTitle")}
            <span className="muted">
              {" "}
              {blocked ? words.pathway(blocked.id, blocked.label) : ""} · {t("check.blockingNote")}
            </span>
          </h3>
          <ul>
            {blockingConditions(result).map((condition) => (
              <li key={condition.id}>
                <strong>{words.condition(condition.id)}</strong>
                {t("common.colon")}
                {words.say(condition.text)}
              </li>
            ))}
          </ul>
        </section>
      )}
      {result.decision === "undetermined" && (
        <section className="decision-reasons" data-testid="missing">
          <h3>
            {t("check.missingTitle")}
            <span className="muted"> · {t("check.missingNote")}</span>
          </h3>
          {result.missing.length === 0 ? (
            <p>{t("check.nothingMissing")}</p>
          ) : (
            <FactButtons names={result.missing} nameOf={nameOf} onFact={onFact} />
          )}
        </section>
      )}
      <Descriptions size="small" column={1} items={items} className="decision-items" />
    </Card>
  );
}
