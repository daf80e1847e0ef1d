import { Button, Empty } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useAppMeta } from "../../state/meta.tsx";
import { useFilters } from "../../state/use-filters.ts";

/** The exam year has no applications: says so, and leads to the year before, where there is one. */
export function NotYet({ year }: { readonly year: number }): JSX.Element {
  const { t } = useTranslation();
  const { examYears } = useAppMeta();
  const { change } = useFilters();
  const before = Math.max(...examYears.filter((one) => one < year));
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={`${t("bottlenecks.notYet", { year })}${t("common.semicolon")}${t("bottlenecks.notYetHint")}`}
    >
      {Number.isFinite(before) && (
        <Button type="primary" onClick={() => change({ year: before })} data-testid="year-before">
          {t("bottlenecks.showYear", { year: before })}
        </Button>
      )}
    </Empty>
  );
}
