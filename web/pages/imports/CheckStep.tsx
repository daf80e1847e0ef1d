import { UploadOutlined } from "@ant-design/icons";
import { Alert, Button, Tag, Upload } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { isActive, useJob } from "../../api/import-hooks.ts";
import type { ImportReport } from "../../api/import-types.ts";
import { isGone } from "../../api/problem.ts";
import { LoadingState } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { Failure } from "./Failure.tsx";
import { type ChangeFlow, type Flow, withNext } from "./flow.ts";
import { JobProgress } from "./JobProgress.tsx";
import { JobTrouble } from "./JobTrouble.tsx";
import { ProblemFacets } from "./ProblemFacets.tsx";
import { ProblemTable } from "./ProblemTable.tsx";
import { PublishButton } from "./PublishButton.tsx";
import { changeProblemFilter, type ProblemFilter, readProblemFilter } from "./problems.ts";
import { ReportCounts } from "./ReportCounts.tsx";
import { ReportDownloads } from "./ReportDownloads.tsx";
import { StepFrame } from "./StepFrame.tsx";

export const changesSomething = ({ rowsLoaded, rowsUpdated }: ImportReport): boolean => rowsLoaded + rowsUpdated > 0;

/** What publishing will do, in one sentence; nothing is written before. */
function WhatPublishingDoes({ report }: { readonly report: ImportReport }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { rowsLoaded, rowsUpdated, rowsUnchanged, rowsRejected, years, kind } = report;
  const n = words.number;
  if (!changesSomething(report)) {
    return (
      <Alert
        type="warning"
        showIcon
        data-testid="what-publishing-does"
        title={t(rowsUnchanged > 0 ? "importing.check.sameAsStored" : "importing.check.nothingToLoad")}
      />
    );
  }
  const parts = [
    rowsLoaded > 0 && t("importing.check.willAdd", { n: n(rowsLoaded) }),
    rowsUpdated > 0 && t("importing.check.willChange", { n: n(rowsUpdated) }),
    rowsUnchanged > 0 && t("importing.check.willKeep", { n: n(rowsUnchanged) }),
    rowsRejected > 0 && t("importing.check.willReject", { n: n(rowsRejected) }),
  ].filter((part) => part !== false);
  return (
    <Alert
      type="info"
      showIcon
      data-testid="what-publishing-does"
      title={
        <>
          <strong>{t("importing.check.nothingYet")}</strong>
          <br />
          {t(`importing.check.willDo.${kind}`, {
            what: parts.join(t("importing.check.separator")),
            years: words.list(years.map(String)),
          })}
        </>
      }
    />
  );
}

function Unmapped({ report }: { readonly report: ImportReport }): JSX.Element | null {
  const { t } = useTranslation();
  const kinds = [
    [t("imports.unmappedColumns"), report.unmapped.columns],
    [t("imports.unmappedTrades"), report.unmapped.trades],
    [t("imports.unmappedDistricts"), report.unmapped.districts],
  ] as const;
  const found = kinds.filter(([, names]) => names.length > 0);
  if (found.length === 0) return null;
  return (
    <section aria-label={t("imports.unmapped")} data-testid="import-unmapped">
      {found.map(([title, names]) => (
        <span key={title} className="unmapped">
          {title}
          {t("common.colon")}
          {names.map((name) => (
            <Tag key={name} variant="outlined">
              {name}
            </Tag>
          ))}
        </span>
      ))}
    </section>
  );
}

function Checked({ job, report }: { readonly job: string; readonly report: ImportReport }): JSX.Element {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const filter = readProblemFilter(search);
  const narrow = (change: Partial<ProblemFilter>): void =>
    setSearch((old) => changeProblemFilter(old, change), { replace: true });
  return (
    <>
      <ReportCounts report={report} />
      <WhatPublishingDoes report={report} />
      <Unmapped report={report} />
      {report.problems.length === 0 ? (
        <p className="tight">{t("imports.noProblems")}</p>
      ) : (
        <>
          <ReportDownloads job={job} report={report} />
          <div className="result-grid">
            <ProblemFacets report={report} filter={filter} onChange={narrow} />
            <ProblemTable report={report} filter={filter} onChange={narrow} />
          </div>
        </>
      )}
    </>
  );
}

/** Step 3: the file is read as a publishing would read it, and what that shows. */
export function CheckStep({
  flow,
  change,
  starting,
  startError,
  onAgain,
  onPublish,
  onCorrected,
}: {
  readonly flow: Flow;
  readonly change: ChangeFlow;
  readonly starting: boolean;
  readonly startError: unknown;
  readonly onAgain: () => void;
  readonly onPublish: () => void;
  readonly onCorrected: (file: File) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const { data: job, error } = useJob(flow.checkJob ?? undefined);
  const report = job?.state === "done" ? job.report : null;
  return (
    <StepFrame
      title={t("importing.check.title")}
      note={flow.file ? `${flow.file.fileName} · ${t(`imports.kinds.${flow.kind}`)}` : undefined}
      foot={
        <>
          <Button onClick={() => change({ step: "match" })}>{t("importing.check.back")}</Button>
          <Upload
            showUploadList={false}
            beforeUpload={(file) => {
              onCorrected(file);
              return false;
            }}
          >
            <Button icon={<UploadOutlined />} data-testid="corrected-file">
              {t("importing.check.corrected")}
            </Button>
          </Upload>
          <span className="import-foot-space" />
          {report && <PublishButton report={report} loading={starting} onPublish={onPublish} />}
        </>
      }
    >
      {startError != null && (
        <Failure title={t("importing.publish.notStarted")} error={startError}>
          {isGone(startError) && <Button onClick={() => change(withNext)}>{t("importing.chooseAgain")}</Button>}
        </Failure>
      )}
      {error || job?.state === "failed" || job?.state === "cancelled" ? (
        <JobTrouble job={job} error={error} dryRun onAgain={onAgain} onBack={() => change({ step: "choose" })} />
      ) : job === undefined ? (
        <LoadingState rows={6} />
      ) : isActive(job) ? (
        <JobProgress job={job} />
      ) : (
        report && <Checked job={job.id} report={report} />
      )}
    </StepFrame>
  );
}
