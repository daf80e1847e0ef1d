import type { UseQueryResult } from "@tanstack/react-query";
import { Button, Card } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { type EligibilityRow, levelCodes } from "../../api/types.ts";
import { CountsTable } from "../../parts/CountsTable.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { useFilters } from "../../state/use-filters.ts";
import { useEligibilityColumns } from "./columns.ts";
import { widestLevel } from "./KeyFigures.tsx";

/** Counts per target level. There is no total of the roster: a worker stands at several levels. */
export function ByLevel({ query }: { readonly query: UseQueryResult<readonly EligibilityRow[]> }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { change } = useFilters();
  const columns = useEligibilityColumns<EligibilityRow>((row) => ({ level: row.targetLevel }));
  return (
    <Card size="small" className="section-card" title={<h2 className="card-title">{t("overview.byLevelTitle")}</h2>}>
      <Loaded query={query}>
        {(rows) => (
          <>
            <CountsTable
              label={t("overview.byLevelTitle")}
              heading={t("filters.level")}
              testId="by-level"
              rows={[...rows].sort((a, b) => rank(a) - rank(b))}
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
            <p className="section-note">
              {t("overview.byLevelNote", { level: words.level(widestLevel(rows)?.targetLevel) })}
            </p>
          </>
        )}
      </Loaded>
    </Card>
  );
}

const rank = ({ targetLevel }: EligibilityRow): number => (targetLevel ? levelCodes.indexOf(targetLevel) : -1);
