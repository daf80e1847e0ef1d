import { DownOutlined, RightOutlined } from "@ant-design/icons";
import { Tag, Tooltip } from "antd";
import type { JSX, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AlternativeResult, ConditionResult, Message, Outcome } from "../../api/types.ts";
import { OutcomeMark } from "../../parts/Marks.tsx";
import { useWords } from "../../parts/words.ts";
import { readingOf } from "./assumptions.ts";
import { ChangedTag, PlanningTag } from "./marks.tsx";
import { isAnyOf, partKey, partsMet } from "./tree.ts";

/** What every node of the tree is told. */
export interface TreeState {
  readonly isOpen: (key: string) => boolean;
  readonly toggle: (key: string) => void;
  /** Outcomes with the roster's facts, by key. */
  readonly before: ReadonlyMap<string, Outcome>;
}

export const Chevron = ({ isOpen }: { readonly isOpen: boolean }): JSX.Element => (
  <span className="tree-chevron" aria-hidden="true">
    {isOpen ? <DownOutlined /> : <RightOutlined />}
  </span>
);

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What the worker has, and how far short it is. */
function Found({ found, short }: { readonly found: Message | null; readonly short: Message | undefined }) {
  const { t } = useTranslation();
  const words = useWords();
  if (!found && !short) return null;
  return (
    <Line name={t("check.found")}>
      <span className="number">{found && words.say(found)}</span>
      {short && <strong className="shortfall number">{words.say(short)}</strong>}
    </Line>
  );
}

interface PartsProps {
  readonly node: ConditionResult | AlternativeResult;
  readonly nodeKey: string;
  readonly state: TreeState;
}

/** The parts of a condition behind a button that says how many of them are met. */
function Parts({ node, nodeKey, state }: PartsProps): JSX.Element | null {
  const { t } = useTranslation();
  const { alternatives } = node;
  if (!alternatives) return null;
  const isOpen = state.isOpen(nodeKey);
  const isAny = isAnyOf(node);
  // Of no account: the other parts where one is enough and met, and all where none is needed.
  const spare = (isAny && node.outcome === "met") || node.outcome === "waived";
  return (
    <>
      <button
        type="button"
        className="tree-toggle"
        aria-expanded={isOpen}
        data-testid={`parts-${nodeKey}`}
        onClick={() => state.toggle(nodeKey)}
      >
        <Chevron isOpen={isOpen} />
        {t(isAny ? "check.anyOf" : "check.allOf", partsMet(node))}
      </button>
      {isOpen && (
        <ul className={spare ? "tree-branch tree-spare" : "tree-branch"}>
          {alternatives.map((part, index) => (
            <PartNode key={partKey(nodeKey, index)} part={part} nodeKey={partKey(nodeKey, index)} state={state} />
          ))}
        </ul>
      )}
    </>
  );
}

function PartNode({
  part,
  nodeKey,
  state,
}: {
  readonly part: AlternativeResult;
  readonly nodeKey: string;
  readonly state: TreeState;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { id, outcome, asked, planning, assumed, alternatives } = part;
  const name = words.alternative(id);
  const tags = (
    <>
      {assumed && planning && <PlanningTag planning={planning} />}
      <ChangedTag before={state.before.get(nodeKey)} now={outcome} />
    </>
  );
  return (
    <li className={`tree-node tree-${outcome}`} data-testid={`part-${nodeKey}`} data-outcome={outcome}>
      <div className="tree-row">
        <OutcomeMark outcome={outcome} />
        <div>
          {name !== undefined && (
            <div className="tree-title">
              <strong>{name}</strong>
              {tags}
            </div>
          )}
          <dl className="tree-facts">
            <Line name={t("check.required")}>
              {words.say(asked)}
              {name === undefined && tags}
            </Line>
            {!alternatives && <Found found={part.foundText} short={part.shortfall} />}
            {alternatives && part.shortfall && outcome === "unmet" && !state.isOpen(nodeKey) && (
              <Found found={null} short={part.shortfall} />
            )}
          </dl>
          <Parts node={part} nodeKey={nodeKey} state={state} />
        </div>
      </div>
    </li>
  );
}

function ConditionTags({ condition }: { readonly condition: ConditionResult }): JSX.Element {
  const { t } = useTranslation();
  const { advisory, derived, assumed, outcome } = condition;
  return (
    <>
      {assumed && outcome === "unknown" && <PlanningTag planning={readingOf(condition)} />}
      {advisory && (
        <Tooltip title={t("check.advisoryHint")}>
          <Tag variant="outlined" className="small-tag">
            {t("check.advisory")}
          </Tag>
        </Tooltip>
      )}
      {derived && (
        <Tooltip title={t("check.derivedHint")}>
          <Tag variant="outlined" className="small-tag">
            {t("check.derived")}
          </Tag>
        </Tooltip>
      )}
    </>
  );
}

const hasYear = ({ zh }: Message): boolean => /\d{4}/.test(zh);

export function ConditionNode({
  condition,
  pathway,
  nodeKey,
  state,
}: {
  readonly condition: ConditionResult;
  readonly pathway: string;
  readonly nodeKey: string;
  readonly state: TreeState;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { id, outcome, asked, exactly, citation, alternatives } = condition;
  const isWaived = outcome === "waived";
  return (
    <li className={`tree-node tree-${outcome}`} data-testid={`condition-${pathway}-${id}`} data-outcome={outcome}>
      <div className="tree-row">
        <OutcomeMark outcome={outcome} />
        <div>
          <div className="tree-title">
            <strong>{isWaived ? <s>{words.condition(id, asked)}</s> : words.condition(id, asked)}</strong>
            {isWaived && <span className="muted">{t("check.waivedNote")}</span>}
            <ConditionTags condition={condition} />
            <ChangedTag before={state.before.get(nodeKey)} now={outcome} />
            {citation && (
              <span className="muted small tree-source">
                {t("check.basis")} {citation.document} {t("check.clause", { clause: citation.clause })}
              </span>
            )}
          </div>
          <dl className="tree-facts">
            <Line name={t("check.required")}>
              <span className={isWaived ? "muted" : undefined}>{words.say(asked)}</span>
              {/* The notice's own words leave out the dates of the year. */}
              {exactly && hasYear(exactly) && !hasYear(asked) && (
                <span className="muted">{t("common.aside", { text: words.say(exactly) })}</span>
              )}
            </Line>
            {!(alternatives && state.isOpen(nodeKey)) && (
              <Found found={condition.foundText} short={alternatives || isWaived ? undefined : condition.shortfall} />
            )}
          </dl>
          <Parts node={condition} nodeKey={nodeKey} state={state} />
        </div>
      </div>
    </li>
  );
}
