import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ImportReport } from "../../api/import-types.ts";
import { SeverityMark } from "../../parts/SeverityMark.tsx";
import { useWords } from "../../parts/words.ts";
import { countByUnit, type ProblemFilter } from "./problems.ts";
import { useCodeName } from "./use-code-name.ts";

/** The problems by what they are and by unit; a click narrows the table to them, another one takes that back. */
export function ProblemFacets({
  report,
  filter,
  onChange,
}: {
  readonly report: ImportReport;
  readonly filter: ProblemFilter;
  readonly onChange: (change: Partial<ProblemFilter>) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const codeName = useCodeName();
  const units = useMemo(() => countByUnit(report.problems), [report]);
  return (
    <div>
      <section className="facet" aria-label={t("importing.problems.byCode")} data-testid="problems-by-code">
        <h3>{t("importing.problems.byCode")}</h3>
        {/* It scrolls: a keyboard reaches it through its buttons. */}
        <ul>
          {report.counts.map(({ code, severity, count }) => {
            const chosen = filter.code === code && filter.severity === severity;
            return (
              <li key={`${severity} ${code}`}>
                <button
                  type="button"
                  aria-pressed={chosen}
                  data-testid={`code-${code}`}
                  onClick={() => onChange(chosen ? { code: "", severity: "" } : { code, severity })}
                >
                  <SeverityMark of={severity} short />
                  <span>{codeName(code)}</span>
                  <span className="number">{words.number(count)}</span>
                </button>
              </li>
            );
          })}
        </ul>
      </section>
      <section className="facet" aria-label={t("importing.problems.byUnit")} data-testid="problems-by-unit">
        <h3>{t("importing.problems.byUnit")}</h3>
        <ul>
          {units.map(({ unit, errors, warnings }) => (
            <li key={unit}>
              <button
                type="button"
                aria-pressed={filter.unit === unit}
                onClick={() => onChange({ unit: filter.unit === unit ? undefined : unit })}
              >
                <SeverityMark of={errors > 0 ? "error" : "warning"} short />
                <span>{unit === "" ? t("importing.problems.noUnit") : unit}</span>
                <span className="number" title={t("importing.problems.errorsWarnings")}>
                  {words.number(errors)} / {words.number(warnings)}
                </span>
              </button>
            </li>
          ))}
        </ul>
        <p className="section-note section-footer">
          {t("importing.problems.errorsWarnings")}
          {report.problemsNotListed > 0 && ` · ${t("importing.problems.ofListed")}`}
        </p>
      </section>
    </div>
  );
}
