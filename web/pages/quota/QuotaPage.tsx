import { DownloadOutlined } from "@ant-design/icons";
import { App, Button, Flex } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import { download } from "../../api/client.ts";
import { PageHeader } from "../../parts/PageHeader.tsx";
import { QuotaByDistrict } from "../../parts/QuotaByDistrict.tsx";
import { EmptyState } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { useFilters } from "../../state/use-filters.ts";
import { QuotaTable } from "./QuotaTable.tsx";

/** The official table as a workbook, for the same filters as the page. */
function ExportButton(): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { message } = App.useApp();
  const { query, year } = useFilters();
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const { level: _, ...filters } = query;
      await download("/reports/quota-use.xlsx", filters, `${t("quota.title")}-${year}.xlsx`);
    } catch (error) {
      void message.error(`${t("quota.exportFailed")}${t("common.colon")}${words.problem(error)}`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      type="primary"
      icon={<DownloadOutlined />}
      loading={busy}
      disabled={year === undefined}
      onClick={() => void save()}
      data-testid="export-quota"
    >
      {busy ? t("quota.exporting") : t("quota.export")}
    </Button>
  );
}

/** 指标: places per unit and trade, what uses them, what is left and who is over. */
export function QuotaPage(): JSX.Element {
  const { t } = useTranslation();
  const { year } = useFilters();
  return (
    <>
      <PageHeader title={t("quota.title")} description={t("quota.rule")} actions={<ExportButton />} />
      {year === undefined ? (
        <EmptyState />
      ) : (
        <Flex vertical gap={16}>
          <QuotaTable />
          <QuotaByDistrict from="quota" title={t("quota.chartTitle")} />
        </Flex>
      )}
    </>
  );
}
