import { Alert, Button, Card, Flex } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { isActive, type RosterJob, useJobs } from "../../api/import-hooks.ts";
import { PageHeader } from "../../parts/PageHeader.tsx";
import type { Flow } from "./flow.ts";
import { ImportFlow } from "./ImportFlow.tsx";
import { ImportTabs } from "./ImportTabs.tsx";
import { Templates } from "./Templates.tsx";
import { useFlow } from "./use-flow.ts";

/** The flow that a job belongs to. */
const flowOf = (job: RosterJob): Flow => ({
  step: job.dryRun ? "check" : "publish",
  file: { upload: job.upload, fileName: job.fileName, bytes: 0 },
  waiting: [],
  kind: job.kind,
  kindBy: "clerk",
  year: job.year,
  unit: job.unit,
  district: job.district,
  sheet: job.sheet,
  mapping: job.mapping,
  checkJob: job.dryRun ? job.id : null,
  publishJob: job.dryRun ? null : job.id,
});

/** Jobs that go on but were begun elsewhere: in another tab, or before the browser was closed. */
function JobsElsewhere({ flow, onOpen }: { readonly flow: Flow; readonly onOpen: (flow: Flow) => void }): JSX.Element {
  const { t } = useTranslation();
  const { data = [] } = useJobs();
  const others = data.filter((job) => isActive(job) && job.id !== flow.checkJob && job.id !== flow.publishJob);
  return (
    <>
      {others.map((job) => (
        <Alert
          key={job.id}
          type="info"
          showIcon
          data-testid="job-elsewhere"
          title={t(job.dryRun ? "importing.elsewhere.check" : "importing.elsewhere.publish", { file: job.fileName })}
          action={
            <Button size="small" onClick={() => onOpen(flowOf(job))}>
              {t("importing.elsewhere.open")}
            </Button>
          }
        />
      ))}
    </>
  );
}

/** 数据导入: choose a file, match its columns, check it, publish it. */
export function ImportPage(): JSX.Element {
  const { t } = useTranslation();
  const [flow, change] = useFlow();
  return (
    <>
      <PageHeader title={t("imports.title")} actions={<Templates />} />
      <ImportTabs />
      <Flex vertical gap={12}>
        <JobsElsewhere flow={flow} onOpen={change} />
        <Card size="small" className="section-card">
          <ImportFlow flow={flow} change={change} />
        </Card>
      </Flex>
    </>
  );
}
