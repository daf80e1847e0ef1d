import { Button, Result } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { PageHeader } from "../../parts/PageHeader.tsx";

export function NotFoundPage(): JSX.Element {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title={t("errors.notFoundTitle")} />
      <Result
        status="info"
        subTitle={t("errors.notFoundText")}
        extra={
          <Button type="primary" onClick={() => navigate("/")}>
            {t("errors.backHome")}
          </Button>
        }
      />
    </>
  );
}
