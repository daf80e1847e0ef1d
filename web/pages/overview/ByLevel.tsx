import type { UseQueryResult } from "@tanstack/react-query";
import { Button } from "antd";
import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type EligibilityRow, levelCodes } from "../../api/types.ts";
import { Chart } from "../../charts/Chart.tsx";
import { eligibilityBar, eligibilityParts } from "../../charts/options/eligibility-bars.ts";
import { barsHeight, stackedBars } from "../../charts/options/stacked-bars.ts";
import { ChartAndTable } from "../../parts/ChartAndTable.tsx";
import { CountsTable } from "../../parts/CountsTable.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { useFilters } from "../../state/use-filters.ts";
import { useEligibilityColumns } from "./columns.ts";
import { widestLevel } from "./widest-level.ts";

const rank = ({ targetLevel }: EligibilityRow): number => (targetLevel ? levelCodes.indexOf(targetLevel) : -1);

function Picture({ rows }: { readonly rows: readonly EligibilityRow[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { change } = useFilters();
  const sorted = useMemo(() => [...rows].sort((a, b) => rank(a) - rank(b)), [rows]);
  const columns = useEligibilityColumns<EligibilityRow>((row) => ({ level: row.targetLevel }), true);
  const option = useMemo(
    () =>
      stackedBars({
        parts: eligibilityParts({ expected: t("measure.planningEligible"), open: t("measure.openRest") }),
        bars: sorted.map((row) =>
          eligibilityBar(row.targetLevel ?? null, words.level(row.targetLevel), row, words.number),
        ),
        format: words.number,
        unit: t("common.people"),
        totalName: t("common.total"),
      }),
    [sorted, words, t],
  );
  return (
    <ChartAndTable
      title={t("overview.byLevelTitle")}
      footer={t("overview.byLevelNote", { level: words.level(widestLevel(rows)?.targetLevel) })}
      chart={
        <Chart
          option={option}
          height={barsHeight(sorted.length)}
          label={t("overview.byLevelTitle")}
          testId="chart-level"
          onSelect={(index) => {
            const level = sorted[index]?.targetLevel;
            if (level) change({ level });
          }}
        />
      }
      table={
        <CountsTable
          label={t("overview.byLevelTitle")}
          heading={t("filters.level")}
          testId="by-level"
          rows={sorted}
          rowKey={(row) => row.targetLevel ?? ""}
          name={(row) => (
            <Button
              type="link"
              size="small"
              className="inline-button"
              title={t("overview.chooseLevel")}
              onClick={() => change({ level: row.targetLevel })}
            >
              {words.level(row.targetLevel)}
            </Button>
          )}
          nameText={(row) => words.level(row.targetLevel)}
          columns={columns}
        />
      }
    />
  );
}

/** Counts per target level. There is no total of the roster: a worker stands at several levels. */
export function ByLevel({ query }: { readonly query: UseQueryResult<readonly EligibilityRow[]> }): JSX.Element {
  return <Loaded query={query}>{(rows) => <Picture rows={rows} />}</Loaded>;
}
