import { Radio, Table, Tag } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { PreviewSheet, RosterPreview } from "../../api/import-types.ts";
import { useWords } from "../../parts/words.ts";

/** What is to be said about a sheet before it is read. */
function SheetNote({ sheet, given }: { readonly sheet: PreviewSheet; readonly given: readonly string[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  // "单位名称 unit": the label is for people, the name for scripts
  const lacking = sheet.missing
    .filter((name) => !given.includes(name.split(" ")[1] ?? ""))
    .map((name) => name.split(" ")[words.language === "en" ? 1 : 0] ?? name);
  if (sheet.hidden && sheet.rows === null) return <span className="muted">{t("importing.sheets.hidden")}</span>;
  if (sheet.otherKind) return <Tag className="warn-tag">{t("importing.sheets.otherKind")}</Tag>;
  if (sheet.headingRow === null) return <span className="muted">{t("importing.sheets.noHeading")}</span>;
  return lacking.length > 0 ? (
    <span>{t("importing.sheets.lacks", { columns: words.list(lacking) })}</span>
  ) : (
    <span className="mark mark-met">{t("importing.sheets.complete")}</span>
  );
}

/** The worksheets of a workbook: all that hold rows of the kind are read, or one of them. */
export function SheetChoice({
  preview,
  sheet,
  given,
  onChange,
}: {
  readonly preview: RosterPreview;
  readonly sheet: string | null;
  /** English names of what the clerk said of all rows, so no sheet needs a column for it. */
  readonly given: readonly string[];
  readonly onChange: (sheet: string | null) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Radio.Group
      value={sheet ?? ""}
      onChange={({ target }) => onChange(target.value === "" ? null : String(target.value))}
      style={{ display: "block" }}
      aria-label={t("importing.sheets.label")}
      data-testid="sheet-choice"
    >
      <p className="tight">
        <Radio value="">{t("importing.sheets.all")}</Radio>
      </p>
      <Table<PreviewSheet>
        size="small"
        rowKey={({ name }) => name ?? ""}
        pagination={false}
        dataSource={preview.sheets}
        columns={[
          {
            key: "name",
            title: t("importing.sheets.name"),
            render: (_, row) => (
              <Radio value={row.name}>
                {row.name}
                {row.hidden && <Tag className="small-tag">{t("importing.sheets.hiddenTag")}</Tag>}
                {sheet === null && row.name === preview.sheet && (
                  <Tag className="small-tag">{t("importing.sheets.shown")}</Tag>
                )}
              </Radio>
            ),
          },
          {
            key: "rows",
            title: t("importing.sheets.rows"),
            align: "right",
            width: 110,
            render: (_, row) => (row.rows === null ? t("common.dash") : words.number(row.rows)),
          },
          {
            key: "headingRow",
            title: t("importing.sheets.headingRow"),
            align: "right",
            width: 110,
            render: (_, row) => row.headingRow ?? t("common.dash"),
          },
          {
            key: "recognised",
            title: t("importing.sheets.recognised"),
            align: "right",
            width: 130,
            render: (_, row) => (row.headingRow === null ? t("common.dash") : words.number(row.recognised)),
          },
          {
            key: "note",
            title: t("importing.sheets.note"),
            width: 420,
            render: (_, row) => <SheetNote sheet={row} given={given} />,
          },
        ]}
      />
    </Radio.Group>
  );
}
