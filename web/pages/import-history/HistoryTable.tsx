import { ImportOutlined, UndoOutlined } from "@ant-design/icons";
import { Table, type TableColumnsType, Typography } from "antd";
import { type JSX, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ImportEntry } from "../../api/roster-types.ts";
import { useWords } from "../../parts/words.ts";
import { EntryDetails } from "./EntryDetails.tsx";
import { undoState } from "./entries.ts";
import { UndoCell } from "./UndoCell.tsx";
import { useYearsText } from "./use-years-text.ts";

const pageSize = 20;

export interface HistoryTableProps {
  /** After the filters. */
  readonly shown: readonly ImportEntry[];
  readonly all: readonly ImportEntry[];
  /** The entry that the address points at. */
  readonly pointed: number | undefined;
  /** Number of the import that is being undone. */
  readonly undoing: number | undefined;
  readonly onUndo: (id: number) => void;
  readonly empty: JSX.Element;
}

/** Counts of the report with their headings. */
const counts = [
  ["rowsRead", "read"],
  ["rowsLoaded", "loaded"],
  ["rowsUpdated", "updated"],
  ["rowsUnchanged", "unchanged"],
  ["rowsRejected", "rejected"],
  ["rowsSkipped", "skipped"],
] as const;

/** Every import and undo; a row opens its report, what was undone is struck through. */
export function HistoryTable({ shown, all, pointed, undoing, onUndo, empty }: HistoryTableProps): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const yearsText = useYearsText();
  const box = useRef<HTMLDivElement>(null);
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<readonly number[]>([]);
  const at = shown.findIndex(({ id }) => id === pointed);
  useEffect(() => {
    if (pointed === undefined || at < 0) return;
    setPage(Math.floor(at / pageSize) + 1);
    setOpen((old) => (old.includes(pointed) ? old : [...old, pointed]));
    const frame = requestAnimationFrame(() =>
      box.current?.querySelector(`[data-row-key="${pointed}"]`)?.scrollIntoView({ block: "center" }),
    );
    return () => cancelAnimationFrame(frame);
  }, [pointed, at]);
  const px = (chinese: number, english: number): number => (words.language === "en" ? english : chinese);
  const struck = (entry: ImportEntry, text: string): JSX.Element =>
    entry.undoneBy === null ? <span>{text}</span> : <del>{text}</del>;
  /** An undo reads no rows: it has no counts. */
  const number = (entry: ImportEntry, value: number | undefined): JSX.Element => (
    <span className="number">
      {entry.action === "undo" || value === undefined
        ? t("common.dash")
        : value === 0
          ? "0"
          : struck(entry, words.number(value))}
    </span>
  );
  const columns: TableColumnsType<ImportEntry> = [
    {
      key: "when",
      title: t("history.when"),
      width: px(150, 124),
      render: (_, entry) => (
        <>
          <div>{words.instant(entry.importedAt)}</div>
          <span className="muted small">{words.who(entry.who)}</span>
        </>
      ),
    },
    {
      key: "action",
      title: t("history.action"),
      width: px(134, 138),
      render: (_, entry) => (
        <>
          <span className="mark">
            {entry.action === "undo" ? <UndoOutlined aria-hidden="true" /> : <ImportOutlined aria-hidden="true" />}
            {t(`history.actions.${entry.action}`)} <span className="muted">{t("history.entry", { id: entry.id })}</span>
          </span>
          <div className="small">{t(`imports.kinds.${entry.kind}`)}</div>
          <div className="small">{yearsText(entry)}</div>
        </>
      ),
    },
    {
      key: "file",
      title: t("history.file"),
      render: (_, entry) => (
        <>
          <div className="wrap">{struck(entry, entry.file)}</div>
          {entry.action === "undo" && entry.undoes !== null ? (
            <Link className="text-link small" to={`/import/history?entry=${entry.undoes}`}>
              {t("history.undoOf", { id: entry.undoes })}
            </Link>
          ) : (
            <Typography.Text
              className="muted small number"
              title={t("history.sha", { sha: entry.sha256 })}
              copyable={{ text: entry.sha256, tooltips: [t("history.copySha"), t("history.copied")] }}
            >
              {entry.sha256.slice(0, 10)}
            </Typography.Text>
          )}
        </>
      ),
    },
    {
      key: "version",
      title: t("history.version"),
      width: px(78, 82),
      align: "right",
      render: (_, { versionBefore, version }) => (
        <span className="number nowrap">
          {versionBefore} → {version}
        </span>
      ),
    },
    ...counts.map(([key, name]) => ({
      key,
      title: t(`history.${name}`),
      align: "right" as const,
      width: px(key === "rowsRead" || key === "rowsLoaded" ? 64 : 56, key === "rowsUnchanged" ? 62 : 70),
      render: (_: unknown, entry: ImportEntry) => number(entry, entry.report[key]),
    })),
    {
      key: "problems",
      title: `${t("history.errors")} / ${t("history.warnings")}`,
      align: "right",
      width: px(90, 96),
      render: (_, entry) => (
        <>
          {number(entry, entry.report.errors)} / {number(entry, entry.report.warnings)}
        </>
      ),
    },
    {
      key: "undo",
      title: t("history.undoColumn"),
      width: px(124, 124),
      fixed: "right",
      render: (_, entry) => (
        <UndoCell
          entry={entry}
          state={undoState(entry, all)}
          years={yearsText(entry)}
          busy={undoing === entry.id}
          onUndo={() => onUndo(entry.id)}
        />
      ),
    },
  ];
  return (
    <div ref={box}>
      <Table<ImportEntry>
        size="small"
        rowKey="id"
        aria-label={t("history.title")}
        data-testid="import-history"
        dataSource={shown}
        columns={columns}
        scroll={{ x: px(1110, 1130) }}
        locale={{ emptyText: empty }}
        rowClassName={({ id, undoneBy }) =>
          [...(id === pointed ? ["chosen-row"] : []), ...(undoneBy === null ? [] : ["undone-row"])].join(" ")
        }
        pagination={{ current: page, pageSize, hideOnSinglePage: true, showSizeChanger: false, onChange: setPage }}
        expandable={{
          columnTitle: <span className="visually-hidden">{t("common.details")}</span>,
          expandedRowKeys: open,
          onExpand: (expanded, { id }) => setOpen((old) => (expanded ? [...old, id] : old.filter((one) => one !== id))),
          expandedRowRender: (entry) => <EntryDetails entry={entry} />,
        }}
      />
    </div>
  );
}
