import { Flex } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState, Loaded } from "../../parts/States.tsx";
import { unknownTrade } from "../../state/drill.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { unitNameOf } from "../../state/unit-name.ts";
import { useRows } from "./api.ts";
import { Breakdown } from "./Breakdown.tsx";
import { ByYear } from "./ByYear.tsx";
import { ResultFilters } from "./ResultFilters.tsx";
import { useScenarioSearch } from "./result-state.ts";
import { figureOf } from "./rows.ts";
import { Summary } from "./Summary.tsx";

/** District, trade and unit that the page is narrowed to, in words; empty when to none. */
export function usePlaceWords(): string {
  const { t } = useTranslation();
  const { districts } = useAppMeta();
  const { where } = useScenarioSearch().state;
  const trade = where.trade === unknownTrade ? t("common.noTrade") : where.trade;
  const unit = where.unit === undefined ? undefined : unitNameOf(where.unit, districts);
  const parts = [districts.find(({ code }) => code === where.district)?.name, unit, trade];
  return parts.filter((part) => part !== undefined).join(" · ");
}

/** What a finished run says: base and scenario side by side, by year and by group. */
export function Results({ run }: { readonly run: string }): JSX.Element {
  const { state, change } = useScenarioSearch();
  const { measure, where } = state;
  const place = usePlaceWords();
  const years = useRows(run, where);
  return (
    <Flex vertical gap={16} className="scenario-results" data-testid="scenario-results">
      <ResultFilters />
      <Loaded query={years} rows={10}>
        {(rows) => {
          const first = rows[0];
          const row = rows.find(({ examYear }) => examYear === state.at) ?? first;
          if (!row || !first) return <EmptyState />;
          return (
            <Flex vertical gap={16} aria-busy={years.isPlaceholderData}>
              <Summary
                figure={figureOf(row, measure)}
                year={row.examYear}
                measure={measure}
                level={where.level}
                place={place}
              />
              <ByYear
                rows={rows}
                measure={measure}
                year={row.examYear}
                onYear={(year) => change({ at: year === first.examYear ? undefined : year })}
              />
              <Breakdown run={run} year={row.examYear} />
            </Flex>
          );
        }}
      </Loaded>
    </Flex>
  );
}
