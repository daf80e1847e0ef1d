import { DownloadOutlined } from "@ant-design/icons";
import { App, Button, Flex } from "antd";
import { type JSX, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { download } from "../../api/client.ts";
import { PageHeader } from "../../parts/PageHeader.tsx";
import { QuotaByDistrict } from "../../parts/QuotaByDistrict.tsx";
import { EmptyState } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { quotaRulesInForce } from "../../state/quota-rules.ts";
import { useFilters } from "../../state/use-filters.ts";
import { useQuotaLevel } from "../../state/use-quota-level.ts";
import { QuotaTable } from "./QuotaTable.tsx";

/** The official table, which is of senior technicians, as a workbook for the same filters as the page. */
function ExportButton({ title }: { readonly title: string }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { message } = App.useApp();
  const { query, year } = useFilters();
  const { level } = useQuotaLevel();
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const { level: _, ...filters } = query;
      await download("/reports/quota-use.xlsx", filters, `${title}-${year}.xlsx`);
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
      disabled={year === undefined || (level ?? "seniorTechnician") !== "seniorTechnician"}
      onClick={() => void save()}
      data-testid="export-quota"
    >
      {busy ? t("quota.exporting") : t("quota.export")}
    </Button>
  );
}

/** By which rules the places are worked out, each with the notices that state it. */
function Rules(): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const meta = useAppMeta();
  const { filters, year } = useFilters();
  const { level } = useQuotaLevel();
  const rules = useMemo(
    () => (year === undefined ? [] : quotaRulesInForce(meta, { year, district: filters.district, level })),
    [meta, year, filters.district, level],
  );
  if (rules.length === 0) return <>{t("quota.noRule")}</>;
  return (
    <span data-testid="quota-rules">
      {rules.map(({ sentence, citations, rulebooks }) => (
        <span key={sentence.zh} className="line">
          {words.say(sentence)}
          {t("quota.basis", { list: words.list(citations.map(({ document, clause }) => `${document} ${clause}`)) })}
          {rules.length > 1 && t("common.aside", { text: words.list(rulebooks) })}
        </span>
      ))}
    </span>
  );
}

/** 指标: places per unit and trade, what uses them, what is left and who is over. */
export function QuotaPage(): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { year } = useFilters();
  const { level } = useQuotaLevel();
  const title = level ? t("quota.title", { level: words.level(level) }) : t("quota.titleAll");
  return (
    <>
      <PageHeader
        title={title}
        description={year === undefined ? undefined : <Rules />}
        actions={<ExportButton title={title} />}
      />
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
