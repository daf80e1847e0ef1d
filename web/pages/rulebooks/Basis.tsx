import { Tag, Tooltip } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { ConditionDocument } from "../../../server/rules/document.ts";
import type { Citation } from "../../api/types.ts";
import { useWords } from "../../parts/words.ts";

/** Where a rule stands: document number and clause. */
export function Basis({ citation }: { readonly citation: Citation | null }): JSX.Element {
  const { t } = useTranslation();
  if (!citation) return <span>{t("common.dash")}</span>;
  return (
    <span>
      {citation.document} <span className="nowrap">{citation.clause}</span>
    </span>
  );
}

/** What a reader must know of a condition beside its text: a word each, explained on hover and focus. */
export function ConditionTags({ condition }: { readonly condition: ConditionDocument }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { planning, derived, advisory, waived, relieved, trades, inheritedFrom } = condition;
  const marks = [
    waived && { key: "waived", text: t("outcome.waived"), hint: t("rulebooks.waivedHint") },
    relieved && { key: "relieved", text: t("rulebooks.relieved"), hint: t("rulebooks.relievedHint") },
    advisory && { key: "advisory", text: t("check.advisory"), hint: t("check.advisoryHint") },
    planning === "assume" && { key: "assume", text: t("rulebooks.assume"), hint: t("rulebooks.assumeHint") },
    planning === "exclude" && { key: "exclude", text: t("rulebooks.exclude"), hint: t("rulebooks.excludeHint") },
    derived && { key: "derived", text: t("check.derived"), hint: t("check.derivedHint") },
    inheritedFrom !== null && {
      key: "inherited",
      text: t("rulebooks.inherited"),
      hint: t("rulebooks.inheritedHint", { id: inheritedFrom }),
    },
    trades !== null && {
      key: "trades",
      text: t("rulebooks.onlyTrades", { trades: words.list(trades) }),
      hint: t("rulebooks.onlyTradesHint"),
    },
  ].filter((mark) => mark !== false);
  return (
    <>
      {marks.map(({ key, text, hint }) => (
        <Tooltip key={key} title={hint}>
          <Tag variant="outlined" className="small-tag" tabIndex={0}>
            {text}
          </Tag>
        </Tooltip>
      ))}
    </>
  );
}
