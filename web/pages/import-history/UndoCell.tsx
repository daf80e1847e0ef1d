import { UndoOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ImportEntry } from "../../api/roster-types.ts";
import { useWords } from "../../parts/words.ts";
import type { UndoState } from "./entries.ts";

/** What undoing would do to the data, before it is done. */
function Consequences({ entry, years }: { readonly entry: ImportEntry; readonly years: string }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { file, kind, report } = entry;
  return (
    <>
      <p>{t("history.confirmFile", { file, kind: t(`imports.kinds.${kind}`), years })}</p>
      <ul className="consequences">
        <li>{t("history.confirmRemove", { n: words.number(report.rowsLoaded) })}</li>
        <li>{t("history.confirmRestore", { n: words.number(report.rowsUpdated) })}</li>
      </ul>
      <p>{t("history.confirmThen")}</p>
    </>
  );
}

/** The button where an entry can be undone, else why it cannot. */
export function UndoCell({
  entry,
  state,
  years,
  busy,
  onUndo,
}: {
  readonly entry: ImportEntry;
  readonly state: UndoState;
  /** Years of the entry, in words. */
  readonly years: string;
  readonly busy: boolean;
  readonly onUndo: () => void;
}): JSX.Element {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const to = (id: number, text: string): JSX.Element => (
    <Link className="text-link" to={`/import/history?entry=${id}`}>
      {text}
    </Link>
  );
  switch (state.state) {
    case "possible":
      return (
        <Button
          size="small"
          icon={<UndoOutlined />}
          loading={busy}
          aria-label={t("history.undoThis", { id: entry.id })}
          data-testid={`undo-${entry.id}`}
          onClick={() =>
            void modal.confirm({
              title: t("history.confirmTitle", { id: entry.id }),
              content: <Consequences entry={entry} years={years} />,
              width: 480,
              okText: t("history.undo"),
              okButtonProps: { danger: true },
              cancelText: t("imports.cancel"),
              onOk: onUndo,
            })
          }
        >
          {t("history.undo")}
        </Button>
      );
    case "undone":
      return to(state.by, t("history.undoneBy", { id: state.by }));
    case "is-undo":
      return (
        <span className="muted small" title={t("history.reason.is-undo")}>
          {t("history.reason.is-undo")}
        </span>
      );
    case "not-newest":
      return to(state.newest, t("history.reason.not-newest", { newest: state.newest }));
    case "too-old":
      return <span className="muted small">{t("history.reason.too-old")}</span>;
  }
}
