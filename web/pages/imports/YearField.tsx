import { Button, InputNumber } from "antd";
import { type JSX, useId } from "react";
import { useTranslation } from "react-i18next";
import type { RosterKind } from "../../api/import-types.ts";
import type { YearGuess } from "./matching.ts";

const [firstYear, lastYear] = [1990, 2100];

/** The year of rows that do not name one; a guess is offered, never taken by itself. */
export function YearField({
  kind,
  year,
  guess,
  spare = false,
  onChange,
}: {
  readonly kind: RosterKind;
  readonly year: number | null;
  readonly guess: YearGuess | undefined;
  /** The file names the year of its rows, at least of most of them. */
  readonly spare?: boolean;
  readonly onChange: (year: number | null) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="filter-field" data-testid="import-year">
      <label htmlFor={id}>{t(`importing.year.${kind}`)}</label>
      <InputNumber
        id={id}
        min={firstYear}
        max={lastYear}
        precision={0}
        controls={false}
        value={year}
        placeholder={t("importing.year.placeholder")}
        onChange={onChange}
      />
      {guess && guess.year !== year && !spare ? (
        <Button onClick={() => onChange(guess.year)} data-testid="take-year">
          {t(`importing.year.guess.${guess.from}`, { year: guess.year })}
        </Button>
      ) : (
        <span className="muted">{t(`importing.year.hint.${spare ? "spare" : kind}`)}</span>
      )}
    </div>
  );
}
