import { DownloadOutlined } from "@ant-design/icons";
import { Button, Card, Flex, Typography } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { apiUrl } from "../../api/client.ts";

const kinds = ["workers", "applications"] as const;

export function Templates(): JSX.Element {
  const { t } = useTranslation();
  return (
    <Card size="small" className="section-card" title={<h2 className="card-title">{t("imports.templates")}</h2>}>
      <p className="section-note">{t("imports.templatesHint")}</p>
      <Flex vertical gap={16}>
        {kinds.map((kind) => (
          <div key={kind}>
            <strong>{t(`imports.kinds.${kind}`)}</strong>
            <Typography.Paragraph type="secondary" className="tight">
              {t(`imports.kindHint.${kind}`)}
            </Typography.Paragraph>
            <Button
              icon={<DownloadOutlined />}
              href={apiUrl(`/templates/${kind}.xlsx`)}
              download
              data-testid={`template-${kind}`}
            >
              {t("imports.downloadTemplate")}
            </Button>
          </div>
        ))}
      </Flex>
    </Card>
  );
}
