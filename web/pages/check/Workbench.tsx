import { UndoOutlined } from "@ant-design/icons";
import { Button, Card, Flex, Segmented, Spin, Tabs, Tag } from "antd";
import { type JSX, type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FactForm } from "../../api/fact-form.ts";
import { useEvaluation, useRetry } from "../../api/hooks.ts";
import { ApiProblem } from "../../api/problem.ts";
import type { EvaluationResult, Facts, LevelCode } from "../../api/types.ts";
import { DecisionMark } from "../../parts/Marks.tsx";
import { ErrorState, LoadingState } from "../../parts/States.tsx";
import { useDebounced } from "../../parts/use-debounced.ts";
import { useWords } from "../../parts/words.ts";
import { DecisionHeader } from "./DecisionHeader.tsx";
import { FactsForm } from "./FactsForm.tsx";
import { applyEdits, type Edits, edit } from "./facts-state.ts";
import { type GroupName, groupOf } from "./groups.ts";
import { PathwayTree } from "./PathwayTree.tsx";
import type { Question } from "./question.ts";
import { ScorePanel } from "./ScorePanel.tsx";
import { useNames } from "./use-names.ts";

/** The value, or the last one there was since `of` changed. */
function useLast<T>(value: T | undefined, of: string | undefined): T | undefined {
  const [last, setLast] = useState<{ value: T | undefined; of: string | undefined }>({ value, of });
  if (last.of !== of || (value !== undefined && last.value !== value)) setLast({ value, of });
  return value ?? (last.of === of ? last.value : undefined);
}

/** Facts on the left, the decision on the right; every change of a fact is evaluated at once. */
export function Workbench({
  form,
  base,
  isWorker,
  question,
  year,
  evaluations,
  onLevel,
  children,
}: {
  readonly form: FactForm;
  readonly base: Facts;
  readonly isWorker: boolean;
  readonly question: Question | undefined;
  readonly year: number;
  readonly evaluations: readonly EvaluationResult[];
  readonly onLevel: (level: LevelCode) => void;
  readonly children?: ReactNode;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const retry = useRetry();
  const nameOf = useNames(form);
  const [edits, setEdits] = useState<Edits>(new Map());
  const [open, setOpen] = useState<readonly GroupName[]>(["basic", "level", "education", "record"]);
  const facts = useMemo(() => applyEdits(base, edits), [base, edits]);
  const settled = useDebounced(facts, 300);
  const answer = useEvaluation(
    question && { rulebook: question.rulebook, level: question.level, year, facts: settled },
  );
  // What the roster's facts come to, to mark what the changed ones make of it.
  const ofRoster = useMemo(() => applyEdits(base, new Map()), [base]);
  const isChanged = isWorker && edits.size > 0;
  const unchanged = useEvaluation(
    question && isChanged ? { rulebook: question.rulebook, level: question.level, year, facts: ofRoster } : undefined,
  );
  const before = isChanged ? unchanged.data : undefined;
  const { error } = answer;
  // A fact that cannot be takes the answer away; the last one stays in sight, dimmed, while it is put right.
  const result = useLast(answer.data, question && `${question.rulebook}|${question.level}`);
  const property = error instanceof ApiProblem ? error.property : undefined;
  const atField = property !== undefined && form.byName.has(property);
  const showFact = (name: string): void => {
    const group = groupOf(name);
    setOpen((now) => (now.includes(group) ? now : [...now, group]));
    // After the group has opened.
    setTimeout(() => {
      const field = document.getElementById(`fact-${name}`);
      field?.scrollIntoView({ block: "center" });
      field?.focus();
    }, 350);
  };
  return (
    <div className="workbench">
      <Card
        size="small"
        className="section-card facts-side"
        title={<h2 className="card-title">{t("check.facts")}</h2>}
        extra={
          edits.size > 0 && (
            <Flex gap={8} align="center">
              <Tag variant="outlined" data-testid="edited">
                {t("check.factsEdited", { n: edits.size })}
              </Tag>
              <Button size="small" icon={<UndoOutlined />} onClick={() => setEdits(new Map())}>
                {t(isWorker ? "check.restore" : "common.clear")}
              </Button>
            </Flex>
          )
        }
      >
        <p className="section-note">{t("check.unknownHint")}</p>
        <FactsForm
          form={form}
          facts={facts}
          edits={edits}
          examYear={year}
          missing={result?.missing ?? []}
          error={atField ? { property, text: words.problem(error) } : undefined}
          open={open}
          onOpen={setOpen}
          onChange={(name, value) => setEdits((now) => edit(base, now, name, value))}
        />
      </Card>
      <Flex vertical gap={12} className="decision-side">
        {evaluations.length > 0 && (
          <Flex gap="4px 10px" wrap align="center">
            <span className="muted">{t("check.levelsOfWorker")}</span>
            <Segmented<LevelCode | "">
              className="level-choice"
              aria-label={t("check.levelsOfWorker")}
              value={question?.level ?? ""}
              options={evaluations.map(({ targetLevel, decision }) => ({
                value: targetLevel,
                label: (
                  <span className="level-decision">
                    {words.level(targetLevel)}
                    <DecisionMark decision={decision} />
                  </span>
                ),
              }))}
              onChange={(level) => {
                if (level !== "") onLevel(level);
              }}
            />
          </Flex>
        )}
        {!question && <p>{t("check.chooseRule")}</p>}
        {error &&
          (atField ? (
            <p className="field-error" role="alert">
              {t("check.invalid")}
              {t("common.colon")}
              {words.problem(error)}
            </p>
          ) : (
            <ErrorState error={error} onRetry={retry} />
          ))}
        {question && (
          <Tabs
            className="decision-tabs"
            items={[
              {
                key: "decision",
                label: t("check.tabs.decision"),
                children: (
                  <>
                    {!result && !error && <LoadingState rows={10} />}
                    {result && (
                      <Spin spinning={answer.isPlaceholderData && answer.isFetching} delay={400}>
                        <Flex vertical gap={12} className={error ? "stale" : undefined}>
                          <DecisionHeader result={result} before={before} nameOf={nameOf} onFact={showFact} />
                          <PathwayTree
                            key={`${result.rulebook}|${result.targetLevel}`}
                            result={result}
                            before={before}
                          />
                        </Flex>
                      </Spin>
                    )}
                  </>
                ),
              },
              {
                key: "score",
                label: t("check.tabs.score"),
                children: (
                  <ScorePanel
                    question={{ rulebook: question.rulebook, level: question.level, year, facts: settled }}
                    nameOf={nameOf}
                    onFact={showFact}
                  />
                ),
              },
            ]}
          />
        )}
        {children}
      </Flex>
    </div>
  );
}
