import { SwapOutlined } from "@ant-design/icons";
import { Alert, Button, Empty, Flex, Tooltip } from "antd";
import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useChangeKinds, useRosterChanges } from "../../api/roster-hooks.ts";
import type { ChangeKindInfo } from "../../api/roster-types.ts";
import { PageHeader } from "../../parts/PageHeader.tsx";
import { RosterFilters, YearSelect } from "../../parts/RosterFilters.tsx";
import { EmptyState, Loaded } from "../../parts/States.tsx";
import { useAppMeta } from "../../state/meta.tsx";
import { placeBy } from "../../state/roster-places.ts";
import { changeSearch, closeList, readYears } from "../../state/roster-search.ts";
import { usePlaceCrumbs } from "../../state/use-place-crumbs.ts";
import { useRosterSearch } from "../../state/use-roster-search.ts";
import { Flow } from "./Flow.tsx";
import { ImpossibleChanges, OtherChanges } from "./KindTables.tsx";
import { addChanges, isCount } from "./kinds.ts";
import { MissingRosters } from "./MissingRosters.tsx";
import { PeopleDrawer } from "./PeopleDrawer.tsx";
import { Places } from "./Places.tsx";
import { useKindWords } from "./use-kind-words.ts";

interface Years {
  /** As chosen: the first may be the later one. */
  readonly first: number;
  readonly last: number;
}

/** The two years and the button that swaps them; the year of the other side cannot be chosen twice. */
function YearPair({ first, last }: Years): JSX.Element {
  const { t } = useTranslation();
  const { go } = useRosterSearch();
  const choose = (from: number, to: number): void => go((old) => changeSearch(closeList(old), { from, to }));
  // The same year on both sides compares nothing: the other side takes the year that was left.
  return (
    <>
      <YearSelect
        text={t("changes.from")}
        testId="changes-from"
        value={first}
        onChange={(year) => choose(year, year === last ? first : last)}
      />
      <Tooltip title={t("changes.swapHint")}>
        <Button
          icon={<SwapOutlined />}
          aria-label={t("changes.swapHint")}
          onClick={() => choose(last, first)}
          data-testid="changes-swap"
        >
          {t("changes.swap")}
        </Button>
      </Tooltip>
      <YearSelect
        text={t("changes.to")}
        testId="changes-to"
        value={last}
        onChange={(year) => choose(year === first ? last : first, year)}
      />
    </>
  );
}

function Comparison({ first, last, infos }: Years & { readonly infos: readonly ChangeKindInfo[] }): JSX.Element {
  const { t } = useTranslation();
  const { place, list } = useRosterSearch();
  const backwards = first > last;
  const [from, to] = backwards ? [last, first] : [first, last];
  const years = useMemo(() => ({ from, to }), [from, to]);
  const kinds = useKindWords(infos, years);
  const answer = useRosterChanges({ ...years, district: place.district, unit: place.unit }, true);
  return (
    <>
      <Loaded query={answer} rows={12} isEmpty={(rows) => rows.length === 0}>
        {(rows) => {
          const counts = addChanges(rows);
          return (
            <Flex vertical gap={16} className={answer.isPlaceholderData ? "stale" : ""}>
              {backwards && <Alert type="info" showIcon title={t("changes.backwards", { from: first, to: last })} />}
              <MissingRosters {...years} />
              <Flow counts={counts} backwards={backwards} kinds={kinds} />
              <div className="changes-kinds">
                <OtherChanges counts={counts} kinds={kinds} />
                <ImpossibleChanges counts={counts} kinds={kinds} />
              </div>
              {place.unit === undefined && <Places {...years} backwards={backwards} kinds={kinds} />}
            </Flex>
          );
        }}
      </Loaded>
      {list &&
        (isCount(list.kind) ? (
          <PeopleDrawer list={list} kind={list.kind} place={place} {...years} kinds={kinds} />
        ) : (
          <Alert type="warning" showIcon title={t("rosters.unknownKind", { kind: list.kind ?? "" })} />
        ))}
    </>
  );
}

/** 年度对比: what became of everybody between two rosters. */
export function ChangesPage(): JSX.Element {
  const { t } = useTranslation();
  const { rosterYears, districts } = useAppMeta();
  const { search, place } = useRosterSearch();
  const years = readYears(search, rosterYears);
  const kinds = useChangeKinds();
  const navigate = useNavigate();
  const { crumbs } = usePlaceCrumbs("/roster-changes");
  if (years === undefined)
    return (
      <>
        <PageHeader title={t("changes.title")} />
        {rosterYears.length === 0 ? (
          <EmptyState />
        ) : (
          <Empty
            description={`${t("changes.needTwo")}${t("common.semicolon")}${t("changes.needTwoHint")}`}
            data-testid="changes-need-two"
          >
            <Button type="primary" onClick={() => void navigate("/import")}>
              {t("empty.goImport")}
            </Button>
          </Empty>
        )}
      </>
    );
  const [earlier, later] = [Math.min(years.from, years.to), Math.max(years.from, years.to)];
  return (
    <>
      <PageHeader
        title={t("changes.title")}
        crumbs={crumbs}
        description={t("changes.description", { from: earlier, to: later })}
      />
      <RosterFilters by={placeBy(place, districts)} years={<YearPair first={years.from} last={years.to} />} />
      <Loaded query={kinds}>{(infos) => <Comparison first={years.from} last={years.to} infos={infos} />}</Loaded>
    </>
  );
}
