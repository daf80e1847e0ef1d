import { DownloadOutlined } from "@ant-design/icons";
import { Button, Flex } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { apiUrl } from "../../api/client.ts";
import { rosterKinds } from "./KindChoice.tsx";

/** Empty workbooks to fill in. */
export function Templates(): JSX.Element {
  const { t } = useTranslation();
  return (
    <Flex gap={8} wrap align="center">
      <span className="muted">{t("imports.templates")}</span>
      {rosterKinds.map((kind) => (
        <Button
          key={kind}
          icon={<DownloadOutlined />}
          href={apiUrl(`/templates/${kind}.xlsx`)}
          download
          title={t("imports.templatesHint")}
          data-testid={`template-${kind}`}
        >
          {t(`imports.kinds.${kind}`)}
        </Button>
      ))}
    </Flex>
  );
}
