import { Button, Empty } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../state/use-filters.ts";

/** The exam year has no applications: says so, and leads to the year before. */
export function NotYet({ year }: { readonly year: number }): JSX.Element {
  const { t } = useTranslation();
  const { change } = useFilters();
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={`${t("bottlenecks.notYet", { year })}${t("common.semicolon")}${t("bottlenecks.notYetHint")}`}
    >
      <Button type="primary" onClick={() => change({ year: year - 1 })} data-testid="year-before">
        {t("bottlenecks.showYear", { year: year - 1 })}
      </Button>
    </Empty>
  );
}
