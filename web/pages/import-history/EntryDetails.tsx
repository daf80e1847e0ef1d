import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import { useImportEntry } from "../../api/roster-hooks.ts";
import type { EntryReport, ImportEntry } from "../../api/roster-types.ts";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { ProblemFacets } from "../imports/ProblemFacets.tsx";
import { ProblemTable } from "../imports/ProblemTable.tsx";
import type { ProblemFilter } from "../imports/problems.ts";
import { ReportCounts } from "../imports/ReportCounts.tsx";

const everything: ProblemFilter = { severity: "", code: "", unit: undefined, q: "" };

function Report({ report }: { readonly report: EntryReport }): JSX.Element {
  const { t } = useTranslation();
  const [filter, setFilter] = useState(everything);
  const change = (made: Partial<ProblemFilter>): void => setFilter((old) => ({ ...old, ...made }));
  return (
    <>
      <ReportCounts report={report} />
      {report.problems.length === 0 ? (
        <p className="tight">{t("history.noProblems")}</p>
      ) : (
        <div className="result-grid">
          <ProblemFacets report={report} filter={filter} onChange={change} />
          <ProblemTable report={report} filter={filter} onChange={change} />
        </div>
      )}
    </>
  );
}

/** What an import read, took and refused, by kind of problem and by cell; of an undo, what it took out and put back. */
export function EntryDetails({ entry }: { readonly entry: ImportEntry }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const answer = useImportEntry(entry.id);
  return (
    <div className="entry-details" data-testid={`details-${entry.id}`}>
      <p className="muted small tight number wrap">{t("history.sha", { sha: entry.sha256 })}</p>
      {entry.action === "undo" ? (
        <p className="tight">
          {t("history.undoReport", {
            removed: words.number(entry.report.rowsRemoved ?? 0),
            restored: words.number(entry.report.rowsRestored ?? 0),
          })}
        </p>
      ) : (
        <Loaded query={answer} rows={4}>
          {({ report }) => <Report report={report} />}
        </Loaded>
      )}
    </div>
  );
}
