import { Button, Flex } from "antd";
import { type JSX, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EvaluationResult, PathwayResult } from "../../api/types.ts";
import { DecisionMark, OutcomeMark } from "../../parts/Marks.tsx";
import { useWords } from "../../parts/words.ts";
import { Chevron, ConditionNode, type TreeState } from "./ConditionNode.tsx";
import { progress } from "./explain.ts";
import { ChangedTag } from "./marks.tsx";
import { conditionKey, outcomesBefore, treeNodes } from "./tree.ts";

/** How far a pathway is: a bar for the eye, words for everybody. */
function PathwayProgress({ pathway }: { readonly pathway: PathwayResult }): JSX.Element {
  const { t } = useTranslation();
  const counts = progress(pathway);
  const { unmet, unknown, all } = counts;
  return (
    <>
      <span className="tree-bar" aria-hidden="true">
        {(["met", "unknown", "unmet"] as const).map((outcome) => (
          <span key={outcome} className={`bar-${outcome}`} style={{ flexGrow: counts[outcome] }} />
        ))}
      </span>
      <span className="number">
        {t("check.metCount", { met: counts.met, all })}
        {unmet > 0 && <span className="mark-unmet">{t("check.unmetCount", { n: unmet })}</span>}
        {unknown > 0 && <span className="mark-unknown">{t("check.unknownCount", { n: unknown })}</span>}
      </span>
    </>
  );
}

function PathwayNode({ pathway, state }: { readonly pathway: PathwayResult; readonly state: TreeState }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const id = useId();
  const isOpen = state.isOpen(pathway.id);
  const { outcome, planningOutcome } = pathway;
  return (
    <li className={`tree-pathway tree-pathway-${outcome}`}>
      <button
        type="button"
        className="tree-head"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => state.toggle(pathway.id)}
      >
        <Chevron isOpen={isOpen} />
        <span className="tree-head-words" data-testid={`pathway-${pathway.id}`} data-outcome={outcome}>
          <strong>{words.pathway(pathway.id, pathway.label)}</strong>
          <OutcomeMark outcome={outcome} />
          <PathwayProgress pathway={pathway} />
          {planningOutcome !== outcome && (
            <span className="muted">{t("check.planningOutcome", { outcome: t(`outcome.${planningOutcome}`) })}</span>
          )}
          <ChangedTag before={state.before.get(pathway.id)} now={outcome} />
        </span>
        <span className="muted tree-module">{t(`module.${pathway.module}`)}</span>
      </button>
      <div id={id} className="tree-body">
        {isOpen && (
          <ul className="tree-branch">
            {pathway.conditions.map((condition) => (
              <ConditionNode
                key={condition.id}
                condition={condition}
                pathway={pathway.id}
                nodeKey={conditionKey(pathway, condition)}
                state={state}
              />
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

/**
 * The decision with every pathway, every condition and every part of one: none is left out because another already decided.
 * `before`: the evaluation of the roster's facts, while they are changed.
 */
export function PathwayTree({
  result,
  before,
}: {
  readonly result: EvaluationResult;
  readonly before: EvaluationResult | undefined;
}): JSX.Element {
  const { t } = useTranslation();
  // What the reader opened or closed stays so while facts change; the rest follows the outcomes.
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const nodes = useMemo(() => treeNodes(result), [result]);
  const outcomes = useMemo(() => outcomesBefore(before, result), [before, result]);
  const atFirst = useMemo(() => new Map(nodes.map(({ key, isOpen }) => [key, isOpen])), [nodes]);
  const isOpen = (key: string): boolean => chosen.get(key) ?? atFirst.get(key) ?? false;
  const state: TreeState = {
    isOpen,
    toggle: (key) => setChosen(new Map(chosen).set(key, !isOpen(key))),
    before: outcomes,
  };
  const turnAll = (open: boolean): void =>
    setChosen(new Map(nodes.filter(({ isBranch }) => isBranch).map(({ key }) => [key, open])));
  const met = result.pathways.filter(({ outcome }) => outcome === "met").length;
  return (
    <section aria-labelledby="pathways" className="tree" data-testid="tree">
      <div className="tree-root">
        <h2 className="card-title" id="pathways">
          {t("check.pathways")}
        </h2>
        <DecisionMark decision={result.decision} />
        <span className="number">{t("check.pathwaysMet", { met, all: result.pathways.length })}</span>
        <span className="muted small">{t("check.pathwaysNote")}</span>
        <Flex gap={4} className="tree-tools">
          <Button size="small" type="text" onClick={() => turnAll(true)}>
            {t("check.openAll")}
          </Button>
          <Button size="small" type="text" onClick={() => turnAll(false)}>
            {t("check.closeAll")}
          </Button>
        </Flex>
      </div>
      <ul className="tree-pathways">
        {result.pathways.map((pathway) => (
          <PathwayNode key={pathway.id} pathway={pathway} state={state} />
        ))}
      </ul>
    </section>
  );
}
