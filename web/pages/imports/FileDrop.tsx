import { InboxOutlined } from "@ant-design/icons";
import { Upload } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";

/** What the file chooser offers first; any file can be dropped, and the server looks at the content. */
export const accepted = ".xlsx,.xlsm,.csv,.txt,.tsv,.parquet,.xls";

/** Takes one or more files, dropped or chosen. */
export function FileDrop({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }): JSX.Element {
  const { t } = useTranslation();
  return (
    <div data-testid="import-file" className="import-alone">
      <Upload.Dragger
        accept={accepted}
        multiple
        showUploadList={false}
        beforeUpload={(file, all) => {
          // told once for each of them
          if (file === all[0]) onFiles(all);
          return false;
        }}
      >
        <InboxOutlined className="drop-icon" aria-hidden="true" />
        <div>{t("importing.drop.text")}</div>
        <div className="muted">{t("importing.drop.hint")}</div>
      </Upload.Dragger>
    </div>
  );
}
