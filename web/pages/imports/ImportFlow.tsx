import { Flex, Steps } from "antd";
import { type JSX, useCallback } from "react";
import { useTranslation } from "react-i18next";
import { clearUpload, usePreview, useStartJob } from "../../api/import-hooks.ts";
import type { UploadedFile } from "../../api/import-types.ts";
import { CheckStep } from "./CheckStep.tsx";
import { ChooseStep } from "./ChooseStep.tsx";
import { type ChangeFlow, type Flow, reached, stepNames, withCorrected, withFile } from "./flow.ts";
import { MatchStep } from "./MatchStep.tsx";
import { PublishStep } from "./PublishStep.tsx";
import { useSending } from "./use-sending.ts";
import { useStaleCheck } from "./use-stale-check.ts";

/** The four steps of an import, one at a time. */
export function ImportFlow({ flow, change }: { readonly flow: Flow; readonly change: ChangeFlow }): JSX.Element {
  const { t } = useTranslation();
  const { step, file, kind, year, unit, district, sheet, mapping } = flow;
  const onSent = useCallback(
    ({ upload, fileName, bytes }: UploadedFile, corrected: boolean) =>
      change((old) => {
        const sent = { upload, fileName, bytes };
        if (!corrected) return withFile(old, sent);
        if (old.file) void clearUpload(old.file.upload);
        return withCorrected(old, sent);
      }),
    [change],
  );
  const sending = useSending(onSent);
  const preview = usePreview(
    file && (step === "choose" || step === "match")
      ? { upload: file.upload, kind, sheet: sheet ?? undefined, mapping }
      : undefined,
  );
  const start = useStartJob();
  useStaleCheck(flow.checkJob);
  const run = (dryRun: boolean): void => {
    if (!file || start.isPending) return;
    const request = {
      upload: file.upload,
      kind,
      dryRun,
      mapping,
      ...(year === null ? {} : { year }),
      ...(unit === null ? {} : { unit }),
      ...(district === null ? {} : { district }),
      ...(sheet === null ? {} : { sheet }),
    };
    start.mutate(request, {
      onSuccess: ({ id }) =>
        change(dryRun ? { step: "check", checkJob: id, publishJob: null } : { step: "publish", publishJob: id }),
    });
  };
  const startError = start.error;
  const goTo = (index: number): void => {
    const name = stepNames[index];
    if (name) change({ step: name });
  };
  return (
    <Flex vertical gap={16}>
      <Steps
        size="small"
        className="import-steps"
        current={stepNames.indexOf(step)}
        // what was published is over; the way back is the undo
        {...(flow.publishJob === null ? { onChange: goTo } : {})}
        items={stepNames.map((name, index) => ({
          title: t(`importing.steps.${name}`),
          disabled: index > reached(flow),
        }))}
      />
      {step === "choose" && <ChooseStep flow={flow} change={change} sending={sending} preview={preview} />}
      {step === "match" && (
        <MatchStep
          flow={flow}
          change={change}
          preview={preview}
          starting={start.isPending}
          startError={startError}
          onCheck={() => run(true)}
        />
      )}
      {step === "check" && (
        <CheckStep
          flow={flow}
          change={change}
          starting={start.isPending}
          startError={startError}
          onAgain={() => run(true)}
          onPublish={() => run(false)}
          onCorrected={(corrected) => {
            sending.add([corrected], true);
            change({ step: "choose" });
          }}
        />
      )}
      {step === "publish" && (
        <PublishStep flow={flow} change={change} startError={startError} onAgain={() => run(false)} />
      )}
    </Flex>
  );
}
