import { CheckCircleFilled } from "@ant-design/icons";
import { Flex, Result } from "antd";
import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFindingCodes, useQuality } from "../../api/roster-hooks.ts";
import type { FindingCode, QualityRow } from "../../api/roster-types.ts";
import { PageHeader } from "../../parts/PageHeader.tsx";
import { RosterFilters, YearSelect } from "../../parts/RosterFilters.tsx";
import { EmptyState, Loaded } from "../../parts/States.tsx";
import { useAppMeta } from "../../state/meta.tsx";
import { placeBy } from "../../state/roster-places.ts";
import { changeSearch, closeList, readYear } from "../../state/roster-search.ts";
import { usePlaceCrumbs } from "../../state/use-place-crumbs.ts";
import { useRosterSearch } from "../../state/use-roster-search.ts";
import { Codes } from "./Codes.tsx";
import { FindingsDrawer } from "./FindingsDrawer.tsx";
import { MissingFacts } from "./MissingFacts.tsx";
import { Places } from "./Places.tsx";
import { ScoreCard } from "./ScoreCard.tsx";
import { addQuality } from "./score.ts";
import { Trend } from "./Trend.tsx";

/** The sections for one year of one place. */
function Sections({
  rows,
  codes,
  year,
  place,
}: {
  readonly rows: readonly QualityRow[];
  readonly codes: readonly FindingCode[];
  readonly year: number;
  readonly place: string;
}): JSX.Element {
  const { t } = useTranslation();
  const { place: chosen } = useRosterSearch();
  const counts = useMemo(() => addQuality(rows.filter((row) => row.rosterYear === year)), [rows, year]);
  const isClean = counts.workers > 0 && counts.errors + counts.warnings + counts.incompleteRows === 0;
  return (
    <Flex vertical gap={16}>
      <div className="quality-top">
        <ScoreCard counts={counts} place={place} />
        {isClean ? (
          <Result
            icon={<CheckCircleFilled />}
            status="success"
            title={t("quality.nothing")}
            subTitle={t("quality.nothingHint", { year })}
            data-testid="quality-nothing"
          />
        ) : (
          <MissingFacts counts={counts} />
        )}
      </div>
      {!isClean && <Codes codes={codes} />}
      {chosen.unit === undefined && <Places year={year} />}
      <Trend rows={rows} year={year} />
    </Flex>
  );
}

/** 数据质量: how good the roster of a year is, where it is worst, and what to look at. */
export function QualityPage(): JSX.Element {
  const { t } = useTranslation();
  const { rosterYears, districts } = useAppMeta();
  const { search, place, list, go } = useRosterSearch();
  const year = readYear(search, "year", rosterYears) ?? (rosterYears.length > 0 ? Math.max(...rosterYears) : undefined);
  const where = { district: place.district, unit: place.unit };
  const rows = useQuality(where, year !== undefined);
  const codes = useFindingCodes({ year, ...where }, year !== undefined);
  const { name, crumbs } = usePlaceCrumbs("/quality");
  if (year === undefined)
    return (
      <>
        <PageHeader title={t("quality.title")} />
        <EmptyState />
      </>
    );
  return (
    <>
      <PageHeader title={t("quality.title")} crumbs={crumbs} description={t("quality.description", { year })} />
      <RosterFilters
        by={placeBy(place, districts)}
        years={
          <YearSelect
            text={t("rosters.year")}
            testId="quality-year"
            value={year}
            onChange={(chosen) => go((old) => changeSearch(closeList(old), { year: chosen }))}
          />
        }
      />
      <Loaded query={rows} rows={12}>
        {(found) => (
          <Loaded query={codes} rows={6}>
            {(known) => <Sections rows={found} codes={known} year={year} place={name} />}
          </Loaded>
        )}
      </Loaded>
      {list && <FindingsDrawer list={list} place={place} year={year} codes={codes.data ?? []} />}
    </>
  );
}
