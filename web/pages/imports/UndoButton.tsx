import { UndoOutlined } from "@ant-design/icons";
import type { UseMutationResult } from "@tanstack/react-query";
import { Alert, App, Button } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { ImportState, UndoReport } from "../../api/import-types.ts";
import { useWords } from "../../parts/words.ts";
import { Failure } from "./Failure.tsx";

/** Takes an import back after a question, while it still can be. */
export function UndoButton({
  state,
  file,
  undo,
}: {
  readonly state: ImportState;
  readonly file: string;
  readonly undo: UseMutationResult<UndoReport, Error, number>;
}): JSX.Element {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const ask = (): void =>
    void modal.confirm({
      title: t("importing.undo.title"),
      content: t("importing.undo.text", { file }),
      okText: t("importing.undo.button"),
      okButtonProps: { danger: true },
      cancelText: t("imports.cancel"),
      onOk: () => undo.mutate(state.id),
    });
  return (
    <>
      {undo.error && <Failure title={t("importing.undo.failed")} error={undo.error} />}
      <div>
        <Button
          icon={<UndoOutlined />}
          disabled={!state.undoable}
          loading={undo.isPending}
          onClick={ask}
          data-testid="undo-import"
        >
          {t(undo.isPending ? "importing.undo.doing" : "importing.undo.this")}
        </Button>
        {!state.undoable && <span className="muted after">{t("importing.undo.notNow")}</span>}
      </div>
    </>
  );
}

/** What taking it back did; null: it was done elsewhere. */
export function Undone({ report }: { readonly report: UndoReport | null }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Alert
      type="success"
      showIcon
      role="status"
      data-testid="undone"
      title={
        report
          ? t("importing.undo.done", {
              removed: words.number(report.rowsRemoved),
              restored: words.number(report.rowsRestored),
              version: report.version,
            })
          : t("importing.undo.was")
      }
    />
  );
}
