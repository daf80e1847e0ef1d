import { Tag, Tooltip } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { Curability } from "../../api/types.ts";

/** Told apart by sign and word, not by colour. */
export const cureSigns: Readonly<Record<Curability, string>> = { time: "◷", action: "✎", external: "■" };

/** What can be done about a condition, and why so. */
export function CureTag({ kind, why }: { readonly kind: Curability; readonly why: string }): JSX.Element {
  const { t } = useTranslation();
  return (
    <Tooltip title={why}>
      <Tag variant="outlined" className="cure-tag" data-testid={`cure-${kind}`}>
        <span aria-hidden="true">{cureSigns[kind]}</span>
        {t(`bottlenecks.cure.${kind}`)}
      </Tag>
    </Tooltip>
  );
}
