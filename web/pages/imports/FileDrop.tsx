import { InboxOutlined } from "@ant-design/icons";
import { Upload } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";

/** Takes one or more files, dropped or chosen; of any name: the server looks at the content and says what is wrong with it. */
export function FileDrop({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }): JSX.Element {
  const { t } = useTranslation();
  return (
    <div data-testid="import-file" className="import-alone">
      <Upload.Dragger
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
