/** Small marks on the nodes of the tree: what planning assumes, what a changed fact changed. */
import { Tag, Tooltip } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { Outcome, Planning } from "../../api/types.ts";

export function PlanningTag({ planning }: { readonly planning: Exclude<Planning, null> }): JSX.Element {
  const { t } = useTranslation();
  return (
    <Tooltip title={t(`check.planningHint.${planning}`)}>
      <Tag variant="outlined" className={`small-tag planning-tag planning-${planning}`} data-planning={planning}>
        {t(`check.planningTag.${planning}`)}
      </Tag>
    </Tooltip>
  );
}

/** `before`: the outcome with the roster's facts. */
export function ChangedTag({
  before,
  now,
}: {
  readonly before: Outcome | undefined;
  readonly now: Outcome;
}): JSX.Element | null {
  const { t } = useTranslation();
  if (before === undefined || before === now) return null;
  return (
    <Tag variant="outlined" className="small-tag changed-tag" data-changed={before}>
      {t("check.changed", { before: t(`outcome.${before}`) })}
    </Tag>
  );
}
