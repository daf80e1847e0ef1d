import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useWords } from "./words.ts";

export interface NumberLinkProps {
  readonly value: number | null;
  /** What the number counts, for the accessible name. */
  readonly name: string;
  /** Address of the people behind the number; without one it is plain text. */
  readonly to?: string | undefined;
  /** Accessible name of the link where it is not a list of people. */
  readonly label?: string;
  readonly testId?: string;
}

/** A count that opens the list of people behind it. Nobody behind it, no link. */
export function NumberLink({ value, name, to, label, testId }: NumberLinkProps): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  if (value === null) return <span className="number">{t("common.dash")}</span>;
  const text = words.number(value);
  if (to === undefined || value === 0)
    return (
      <span className="number" data-testid={testId}>
        {text}
      </span>
    );
  return (
    <Link
      className="number-link"
      to={to}
      aria-label={label ?? t("common.viewList", { name, n: text })}
      data-testid={testId}
    >
      {text}
    </Link>
  );
}
