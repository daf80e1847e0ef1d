import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { EligibilityRow, QuotaRow } from "../../api/types.ts";
import { StatCard } from "../../parts/StatCard.tsx";
import { useWords } from "../../parts/words.ts";
import { peopleAddress } from "../../state/drill.ts";
import { filterSearch } from "../../state/filters.ts";
import { sumOf } from "../../state/sums.ts";
import { useFilters } from "../../state/use-filters.ts";
import { useQuotaLevel } from "../../state/use-quota-level.ts";
import { widestLevel } from "./widest-level.ts";

/** The numbers one looks at first; each opens its people. `undefined` while loading. */
export function KeyFigures({
  levels,
  quota,
  quotaFailed,
}: {
  readonly levels: readonly EligibilityRow[] | undefined;
  readonly quota: QuotaRow | undefined;
  readonly quotaFailed: boolean;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { filters } = useFilters();
  const sums = levels && sumOf(levels, ["eligible", "planningEligible", "undetermined", "ineligible"] as const);
  const widest = levels && widestLevel(levels);
  const people = (measure: Parameters<typeof peopleAddress>[0], cell = {}): string =>
    peopleAddress(measure, filters, cell, "overview");
  const { level: quotaLevel } = useQuotaLevel();
  const place = (value: number | null | undefined): number | null | undefined => (quotaFailed ? null : value);
  const quotaPage = `/quota${filterSearch(filters)}`;
  return (
    <div className="figure-groups">
      <section aria-labelledby="figures-eligibility">
        <h2 id="figures-eligibility" className="figures-title">
          {filters.level
            ? t("overview.eligibilityHeading", { level: words.level(filters.level) })
            : t("overview.allLevelsHeading")}
        </h2>
        <div className="figures">
          <StatCard
            measure="workers"
            name={t("measure.workers")}
            value={levels && (widest?.workers ?? 0)}
            hint={t("measureHint.workers")}
            to={people("workers", { level: filters.level ?? widest?.targetLevel })}
          />
          {(["eligible", "planningEligible", "undetermined", "ineligible"] as const).map((measure) => (
            <StatCard
              key={measure}
              measure={measure}
              name={t(`measure.${measure}`)}
              value={sums?.[measure]}
              hint={t(`measureHint.${measure}`)}
              to={people(measure)}
              strong={measure === "planningEligible"}
            />
          ))}
        </div>
        {!filters.level && widest && (
          <p className="section-note">{t("overview.levelNote", { level: words.level(widest.targetLevel) })}</p>
        )}
      </section>
      <section aria-labelledby="figures-quota">
        <h2 id="figures-quota" className="figures-title">
          {quotaLevel ? t("quota.title", { level: words.level(quotaLevel) }) : t("quota.titleAll")}
        </h2>
        <div className="figures">
          <StatCard
            measure="quota"
            name={t("measure.quota")}
            value={place(quota?.quota)}
            hint={t("measureHint.quota")}
            to={quotaPage}
          />
          <StatCard
            measure="used"
            name={t("measure.used")}
            value={place(quota?.used)}
            hint={t("measureHint.used")}
            to={people("used", { level: quotaLevel })}
          />
          <StatCard
            measure="left"
            name={t("measure.left")}
            value={place(quota?.left)}
            hint={t("measureHint.left")}
            to={quotaPage}
          />
          <StatCard
            measure="over"
            name={t("measure.over")}
            value={place(quota?.over)}
            hint={t("measureHint.over")}
            to={quotaPage}
          />
        </div>
        {quota?.quota === null ? (
          <p className="section-note">{t("overview.noQuota")}</p>
        ) : (
          quota?.assumed && <p className="section-note">{t("overview.quotaAssumed")}</p>
        )}
      </section>
    </div>
  );
}
