import { Alert, Button } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { isActive, useImportState, useJob, useUndo } from "../../api/import-hooks.ts";
import type { ImportReport } from "../../api/import-types.ts";
import { LoadingState } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { Failure } from "./Failure.tsx";
import { type ChangeFlow, type Flow, otherSheet, withNext } from "./flow.ts";
import { JobProgress } from "./JobProgress.tsx";
import { JobTrouble } from "./JobTrouble.tsx";
import { ReportCounts } from "./ReportCounts.tsx";
import { ReportDownloads } from "./ReportDownloads.tsx";
import { StepFrame } from "./StepFrame.tsx";
import { UndoButton, Undone } from "./UndoButton.tsx";

/** The newest years of an import have links of their own. */
const mostYears = 5;

/** Where the rows can be seen now. A roster of year Y decides the exam year Y + 1. */
function WhereToSee({ report: { kind, years } }: { readonly report: ImportReport }): JSX.Element {
  const { t } = useTranslation();
  const shown = [...years].sort((a, b) => b - a).slice(0, mostYears);
  return (
    <nav aria-label={t("importing.publish.see")}>
      <ul className="next-links">
        {shown.map((year) => (
          <li key={year}>
            <Link
              className="text-link"
              data-testid={`see-people-${year}`}
              to={
                kind === "workers"
                  ? `/people?year=${year + 1}&measure=workers`
                  : `/people?year=${year}&measure=applications`
              }
            >
              {t(`importing.publish.people.${kind}`, { year, exam: year + 1 })}
            </Link>
          </li>
        ))}
        <li>
          <Link className="text-link" to={`/quality?year=${kind === "workers" ? shown[0] : (shown[0] ?? 0) - 1}`}>
            {t("importing.publish.quality")}
          </Link>
        </li>
        <li>
          <Link className="text-link" to="/import/history">
            {t("importing.publish.history")}
          </Link>
        </li>
      </ul>
    </nav>
  );
}

function Published({ job, report }: { readonly job: string; readonly report: ImportReport }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { data: state } = useImportState(report.importId);
  const undo = useUndo();
  if (report.importId === null) {
    return <Alert type="info" showIcon role="status" title={t("imports.unchanged")} />;
  }
  if (undo.data || (state && state.undoneBy !== null)) return <Undone report={undo.data ?? null} />;
  return (
    <>
      <Alert
        type="success"
        showIcon
        role="status"
        data-testid="published"
        title={
          <>
            <strong>{t("imports.published", { version: report.version })}</strong>
            <br />
            {t("importing.publish.done", { file: report.file, years: words.list(report.years.map(String)) })}
          </>
        }
      />
      <ReportCounts report={report} />
      {report.problems.length > 0 && <ReportDownloads job={job} report={report} />}
      <WhereToSee report={report} />
      {state && <UndoButton state={state} file={report.file} undo={undo} />}
    </>
  );
}

/** Step 4: the rows are written and decided, all of them or none. */
export function PublishStep({
  flow,
  change,
  startError,
  onAgain,
}: {
  readonly flow: Flow;
  readonly change: ChangeFlow;
  readonly startError: unknown;
  readonly onAgain: () => void;
}): JSX.Element {
  const { t } = useTranslation();
  const { data: job, error } = useJob(flow.publishJob ?? undefined);
  const isOver = job !== undefined && !isActive(job);
  const [next] = flow.waiting;
  return (
    <StepFrame
      title={t("importing.publish.title")}
      note={flow.file ? `${flow.file.fileName} · ${t(`imports.kinds.${flow.kind}`)}` : undefined}
      foot={
        (isOver || error) && (
          <>
            <span className="import-foot-space" />
            {flow.sheet !== null && !error && (
              <Button onClick={() => change(otherSheet)} data-testid="other-sheet">
                {t("importing.publish.otherSheet")}
              </Button>
            )}
            <Button type="primary" onClick={() => change(withNext)} data-testid="next-file">
              {next ? t("importing.publish.nextFile", { file: next.fileName }) : t("importing.publish.another")}
            </Button>
          </>
        )
      }
    >
      {startError != null && <Failure title={t("importing.publish.notStarted")} error={startError} />}
      {error || job?.state === "failed" || job?.state === "cancelled" ? (
        <JobTrouble
          job={job}
          error={error}
          dryRun={false}
          onAgain={onAgain}
          onBack={() => change({ step: "check", publishJob: null })}
        />
      ) : job === undefined ? (
        <LoadingState rows={6} />
      ) : isActive(job) ? (
        <JobProgress job={job} />
      ) : (
        job.report && <Published job={job.id} report={job.report} />
      )}
    </StepFrame>
  );
}
