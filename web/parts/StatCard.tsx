import { InfoCircleOutlined } from "@ant-design/icons";
import { Card, Skeleton, Tooltip } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useWords } from "./words.ts";

/** A key figure. With an address the whole card leads to the people behind it. */
export function StatCard({
  measure,
  name,
  value,
  hint,
  to,
  strong = false,
}: {
  readonly measure: string;
  readonly name: string;
  /** Undefined while loading, null when the measure does not apply. */
  readonly value: number | null | undefined;
  readonly hint?: string;
  readonly to?: string | undefined;
  readonly strong?: boolean;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const text = value === null || value === undefined ? t("common.dash") : words.number(value);
  const figure = <span className={strong ? "stat-figure stat-strong" : "stat-figure"}>{text}</span>;
  return (
    <Card size="small" className="stat-card" data-testid={`stat-${measure}`}>
      <div className="stat-name">
        {name}
        {hint && (
          <Tooltip title={hint}>
            <InfoCircleOutlined aria-label={hint} />
          </Tooltip>
        )}
      </div>
      {value === undefined ? (
        <Skeleton.Button active size="small" />
      ) : to && value ? (
        <Link className="stat-link" to={to} aria-label={t("common.viewList", { name, n: text })}>
          {figure}
        </Link>
      ) : (
        figure
      )}
    </Card>
  );
}
