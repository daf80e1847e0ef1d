import { Flex } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useEligibility, useQuota, useRetry } from "../../api/hooks.ts";
import { PageHeader } from "../../parts/PageHeader.tsx";
import { QuotaByDistrict } from "../../parts/QuotaByDistrict.tsx";
import { EmptyState, ErrorState } from "../../parts/States.tsx";
import { useFilters } from "../../state/use-filters.ts";
import { useQuotaLevel } from "../../state/use-quota-level.ts";
import { ByDistrict } from "./ByDistrict.tsx";
import { ByLevel } from "./ByLevel.tsx";
import { ByTrade } from "./ByTrade.tsx";
import { KeyFigures } from "./KeyFigures.tsx";

/** 总览: how many could come forward, where and in which trades, and how the places are used. */
export function OverviewPage(): JSX.Element {
  const { t } = useTranslation();
  const { filters, year, query } = useFilters();
  const { level } = useQuotaLevel();
  const retry = useRetry();
  const levels = useEligibility({ ...query, by: "level" }, year !== undefined);
  const quota = useQuota({ ...query, level }, year !== undefined);
  const header = (
    <PageHeader
      title={t("overview.title")}
      description={year === undefined ? undefined : t("overview.rosterAsOf", { year: year - 1 })}
    />
  );
  if (year === undefined)
    return (
      <>
        {header}
        <EmptyState />
      </>
    );
  const isEmpty = levels.data?.every(({ workers }) => workers === 0) ?? false;
  return (
    <>
      {header}
      {levels.error ? (
        <ErrorState error={levels.error} onRetry={retry} />
      ) : isEmpty && !levels.isPlaceholderData ? (
        <EmptyState />
      ) : (
        <Flex vertical gap={16}>
          <KeyFigures levels={levels.data} quota={quota.data?.[0]} quotaFailed={quota.error !== null} />
          {filters.level === undefined && <ByLevel query={levels} />}
          <ByDistrict />
          <ByTrade />
          <QuotaByDistrict from="overview" title={t("overview.quotaUse")} />
        </Flex>
      )}
    </>
  );
}
