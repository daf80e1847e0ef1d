import { App, Button } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { ImportReport } from "../../api/import-types.ts";
import { useWords } from "../../parts/words.ts";

/** More changed rows than this share of those the database has already, and than this many, are worth a question. */
const [manyShare, manyRows] = [0.3, 10];

/** Publishes at once where there is nothing to think about; asks where rows are left out or much would change. */
export function PublishButton({
  report,
  loading,
  onPublish,
}: {
  readonly report: ImportReport;
  readonly loading: boolean;
  readonly onPublish: () => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { modal } = App.useApp();
  const { rowsLoaded, rowsUpdated, rowsUnchanged, rowsRejected } = report;
  const known = rowsUpdated + rowsUnchanged;
  const share = known === 0 ? 0 : rowsUpdated / known;
  const reasons = [
    rowsRejected > 0 && t("importing.publish.askRejected", { n: words.number(rowsRejected) }),
    share > manyShare &&
      rowsUpdated >= manyRows &&
      t("importing.publish.askChanged", { n: words.number(rowsUpdated), share: words.percent(share) }),
  ].filter((reason) => reason !== false);
  const ask = (): void => {
    if (reasons.length === 0) {
      onPublish();
      return;
    }
    modal.confirm({
      title: t("imports.publishConfirmTitle"),
      content: (
        <>
          {reasons.map((reason) => (
            <p key={reason} className="tight">
              {reason}
            </p>
          ))}
          <p className="tight muted">{t("importing.publish.askUndo")}</p>
        </>
      ),
      okText: t("imports.publish"),
      cancelText: t("imports.cancel"),
      onOk: onPublish,
    });
  };
  return (
    <Button
      type="primary"
      disabled={rowsLoaded + rowsUpdated === 0}
      loading={loading}
      onClick={ask}
      data-testid="import-publish"
    >
      {t("importing.publish.button")}
    </Button>
  );
}
