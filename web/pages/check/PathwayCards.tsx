import { Collapse, Flex, Tag, Tooltip } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConditionResult, EvaluationResult, PathwayResult } from "../../api/types.ts";
import { OutcomeMark } from "../../parts/Marks.tsx";
import { useWords } from "../../parts/words.ts";
import { type DescribeWords, describe, describeRequired } from "./describe.ts";
import { openPathways, progress } from "./explain.ts";

function Condition({
  condition,
  pathway,
  words: inWords,
}: {
  readonly condition: ConditionResult;
  readonly pathway: string;
  readonly words: DescribeWords;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { id, outcome, text, citation } = condition;
  return (
    <li className={`condition condition-${outcome}`} data-testid={`condition-${pathway}-${id}`} data-outcome={outcome}>
      <div className="condition-outcome">
        <OutcomeMark outcome={outcome} />
      </div>
      <div className="condition-text">
        <div>
          <strong>{words.condition(id)}</strong>
          {condition.advisory && (
            <Tooltip title={t("check.advisoryHint")}>
              <Tag variant="outlined" className="small-tag">
                {t("check.advisory")}
              </Tag>
            </Tooltip>
          )}
          {condition.derived && (
            <Tooltip title={t("check.derivedHint")}>
              <Tag variant="outlined" className="small-tag">
                {t("check.derived")}
              </Tag>
            </Tooltip>
          )}
        </div>
        <div>{words.say(text)}</div>
        <dl className="condition-facts">
          <div>
            <dt>{t("check.found")}</dt>
            <dd className="number">
              {/* Met without a find: what bars has never happened. */}
              {condition.found === null && outcome === "met" ? t("check.noRecord") : describe(condition.found, inWords)}
            </dd>
          </div>
          {condition.required !== null && condition.required !== undefined && (
            <div>
              <dt>{t("check.required")}</dt>
              <dd className="number">
                {outcome === "waived" ? t("check.waivedNote") : describeRequired(condition.required, inWords)}
              </dd>
            </div>
          )}
          {citation && (
            <div>
              <dt>{t("check.basis")}</dt>
              <dd>
                {citation.document} {t("check.clause", { clause: citation.clause })}
              </dd>
            </div>
          )}
        </dl>
      </div>
    </li>
  );
}

function Head({ pathway }: { readonly pathway: PathwayResult }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Flex gap={12} align="center" wrap data-testid={`pathway-${pathway.id}`}>
      <strong>{words.pathway(pathway.id)}</strong>
      <OutcomeMark outcome={pathway.outcome} />
      <span className="muted number">{t("check.metCount", progress(pathway))}</span>
      <span className="muted">{t(`module.${pathway.module}`)}</span>
    </Flex>
  );
}

/** Every pathway with every condition: none is left out because another already decided. */
export function PathwayCards({
  result,
  words,
}: {
  readonly result: EvaluationResult;
  readonly words: DescribeWords;
}): JSX.Element {
  // What the reader opened stays open while facts change; until then the telling pathway is.
  const [chosen, setChosen] = useState<readonly string[] | undefined>(undefined);
  return (
    <Collapse
      size="small"
      activeKey={[...(chosen ?? openPathways(result))]}
      onChange={(keys) => setChosen(keys)}
      items={result.pathways.map((pathway) => ({
        key: pathway.id,
        label: <Head pathway={pathway} />,
        children: (
          <ul className="conditions">
            {pathway.conditions.map((condition) => (
              <Condition key={condition.id} condition={condition} pathway={pathway.id} words={words} />
            ))}
          </ul>
        ),
      }))}
    />
  );
}
