import { Flex } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../parts/PageHeader.tsx";
import { History } from "./History.tsx";
import { Templates } from "./Templates.tsx";
import { UploadCard } from "./UploadCard.tsx";

/** 数据导入: check a roster first, then publish it; what was imported before; templates. */
export function ImportPage(): JSX.Element {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t("imports.title")} />
      <Flex vertical gap={16}>
        <div className="import-top">
          <UploadCard />
          <Templates />
        </div>
        <History />
      </Flex>
    </>
  );
}
