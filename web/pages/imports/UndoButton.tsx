import { UndoOutlined } from "@ant-design/icons";
import { Alert, App, Button } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useImportState, useUndo } from "../../api/import-hooks.ts";
import { useWords } from "../../parts/words.ts";
import { Failure } from "./Failure.tsx";

/** Takes an import back after a question, while it still can be; afterwards says what that did. */
export function UndoButton({ id, file }: { readonly id: number; readonly file: string }): JSX.Element | null {
  const { t } = useTranslation();
  const words = useWords();
  const { modal } = App.useApp();
  const { data: state } = useImportState(id);
  const undo = useUndo();
  const ask = (): void =>
    void modal.confirm({
      title: t("importing.undo.title"),
      content: t("importing.undo.text", { file }),
      okText: t("importing.undo.button"),
      okButtonProps: { danger: true },
      cancelText: t("imports.cancel"),
      onOk: () => undo.mutate(id),
    });
  if (undo.data) {
    const { rowsRemoved, rowsRestored, version } = undo.data;
    return (
      <Alert
        type="success"
        showIcon
        role="status"
        data-testid="undone"
        title={t("importing.undo.done", {
          removed: words.number(rowsRemoved),
          restored: words.number(rowsRestored),
          version,
        })}
      />
    );
  }
  if (!state) return null;
  if (state.undoneBy !== null)
    return <Alert type="info" showIcon data-testid="undone" title={t("importing.undo.was")} />;
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
