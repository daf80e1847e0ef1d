import { CloseOutlined, FileExcelOutlined } from "@ant-design/icons";
import { Button, Flex } from "antd";
import { type JSX, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { clearUpload, type PreviewAnswer } from "../../api/import-hooks.ts";
import type { RosterKind, RosterPreview } from "../../api/import-types.ts";
import { LoadingState } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { Failure } from "./Failure.tsx";
import { FileDrop } from "./FileDrop.tsx";
import { type ChangeFlow, type Flow, type SentFile, said, withNext } from "./flow.ts";
import { KindChoice, otherKind } from "./KindChoice.tsx";
import { guessYear, hasYear, looksOther, matchedColumns, sheetsByYear } from "./matching.ts";
import { Outgoing } from "./Outgoing.tsx";
import { StepFrame } from "./StepFrame.tsx";
import { sizeText } from "./size-text.ts";
import type { Sending } from "./use-sending.ts";
import { YearField } from "./YearField.tsx";

/** Files that were sent and wait for their turn. */
function Waiting({
  files,
  onDrop,
}: {
  readonly files: readonly SentFile[];
  readonly onDrop: (file: SentFile) => void;
}) {
  const { t } = useTranslation();
  if (files.length === 0) return null;
  return (
    <section aria-label={t("importing.waiting")} data-testid="waiting-files">
      <span className="muted">{t("importing.waiting")}</span>
      <ul className="file-list">
        {files.map((file) => (
          <li key={file.upload}>
            <span>{file.fileName}</span>
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={t("importing.removeOne", { file: file.fileName })}
              onClick={() => onDrop(file)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the file is, in short: its format, its sheets and rows. */
function FoundInFile({ preview }: { readonly preview: RosterPreview }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const seen = preview.sheets.filter(({ hidden }) => !hidden);
  const rows = seen.reduce((sum, sheet) => sum + (sheet.rows ?? 0), 0);
  return (
    <span className="muted" data-testid="file-found">
      {t(`importing.format.${preview.format}`)}
      {preview.format === "xlsx" && ` · ${t("importing.sheetCount", { n: words.number(seen.length) })}`}
      {` · ${t("importing.rowCount", { n: words.number(rows) })}`}
    </span>
  );
}

/** Step 1: which file, which kind of roster, and the year where the file does not say it. */
export function ChooseStep({
  flow,
  change,
  sending,
  preview,
}: {
  readonly flow: Flow;
  readonly change: ChangeFlow;
  readonly sending: Sending;
  readonly preview: PreviewAnswer;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { file, kind, kindBy, mapping } = flow;
  const { data, error, isPlaceholderData } = preview;
  const isOther = data !== undefined && !isPlaceholderData && looksOther(data);
  useEffect(() => {
    if (isOther && kindBy === "nobody") change(said({ kind: otherKind[kind], kindBy: "file" }));
  }, [isOther, kind, kindBy, change]);
  const remove = (): void => {
    if (file) void clearUpload(file.upload);
    change(withNext);
  };
  const dropWaiting = (gone: SentFile): void => {
    void clearUpload(gone.upload);
    change((old) => ({ ...old, waiting: old.waiting.filter(({ upload }) => upload !== gone.upload) }));
  };
  const setKind = (chosen: RosterKind): void => change(said({ kind: chosen, kindBy: "clerk" }));
  const needsYear =
    data !== undefined &&
    !hasYear(matchedColumns(data, mapping), kind) &&
    (flow.sheet !== null || sheetsByYear(data, kind).length === 0);
  return (
    <StepFrame
      title={t("importing.choose.title")}
      note={t("importing.choose.note")}
      foot={
        <>
          <span className="import-foot-space" />
          <Button
            type="primary"
            disabled={!file || !data || error !== null}
            onClick={() => change({ step: "match" })}
            data-testid="to-match"
          >
            {t("importing.choose.next")}
          </Button>
        </>
      }
    >
      <FileDrop
        onFiles={(files) => {
          // what cannot be read makes room
          if (error !== null) remove();
          sending.add(files);
        }}
      />
      <Outgoing sending={sending} />
      {file && (
        <Flex vertical gap={12} data-testid="chosen-file">
          <div className="file-card">
            <FileExcelOutlined className="drop-icon" aria-hidden="true" />
            <div className="file-card-name">
              <strong>{file.fileName}</strong> · {sizeText(file.bytes, words.number)}{" "}
              {data && error === null && <FoundInFile preview={data} />}
            </div>
            <Button onClick={remove} data-testid="remove-file">
              {t("importing.remove")}
            </Button>
          </div>
          {error !== null ? (
            <Failure title={t("importing.choose.unreadable")} error={error}>
              <Button onClick={() => void preview.refetch()}>{t("common.retry")}</Button>
            </Failure>
          ) : data ? (
            <>
              <KindChoice flow={flow} isOther={isOther && kindBy !== "nobody"} onChange={setKind} />
              {needsYear && (
                <YearField
                  kind={kind}
                  year={flow.year}
                  guess={guessYear(data, file.fileName)}
                  onChange={(year) => change(said({ year }))}
                />
              )}
            </>
          ) : (
            <LoadingState rows={2} />
          )}
        </Flex>
      )}
      <Waiting files={flow.waiting} onDrop={dropWaiting} />
    </StepFrame>
  );
}
