import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { ImportReport } from "../../api/import-types.ts";
import { useWords } from "../../parts/words.ts";

const skippedKinds = ["notes", "totals", "headings", "examples"] as const;

/** What became, or would become, of the rows of a file. */
export function ReportCounts({ report }: { readonly report: ImportReport }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const skipped = skippedKinds
    .filter((kind) => report.skipped[kind] > 0)
    .map((kind) => t(`importing.skipped.${kind}`, { n: words.number(report.skipped[kind]) }));
  const tense = report.dryRun ? "would" : "did";
  const counts = [
    ["rowsRead", t("imports.rowsRead"), report.rowsRead, ""],
    ["rowsLoaded", t(`importing.counts.${tense}.added`), report.rowsLoaded, ""],
    ["rowsUpdated", t(`importing.counts.${tense}.changed`), report.rowsUpdated, ""],
    ["rowsUnchanged", t("importing.counts.unchanged"), report.rowsUnchanged, ""],
    ["rowsRejected", t(`importing.counts.${tense}.rejected`), report.rowsRejected, t("importing.counts.rejectedHint")],
    ["rowsSkipped", t("importing.counts.skipped"), report.rowsSkipped, words.list(skipped)],
  ] as const;
  return (
    <dl className="result-counts">
      {counts.map(([key, name, value, more]) => (
        <div key={key} className={key === "rowsRejected" && value > 0 ? "rejected" : ""}>
          <dt>{name}</dt>
          <dd>
            <span className="stat-figure" data-testid={`report-${key}`}>
              {words.number(value)}
            </span>
            {value > 0 && more !== "" && <small>{more}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
