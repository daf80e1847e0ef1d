import { useTranslation } from "react-i18next";
import type { Crumb } from "../parts/PageHeader.tsx";
import { districtPath } from "./districts.ts";
import { useAppMeta } from "./meta.tsx";
import { goTo } from "./roster-search.ts";
import { unitNameOf } from "./unit-name.ts";
import { useRosterSearch } from "./use-roster-search.ts";

/** The chosen place by name, and from all districts down to it the ways back up. `path`: of the page. */
export function usePlaceCrumbs(path: string): { readonly name: string; readonly crumbs: readonly Crumb[] } {
  const { t } = useTranslation();
  const { districts } = useAppMeta();
  const { place, href } = useRosterSearch();
  const steps = [
    { text: t("rosters.whole"), district: undefined },
    ...districtPath(districts, place.district).map(({ name, code }) => ({ text: name, district: code })),
  ];
  const last = place.unit === undefined ? (steps.at(-1)?.text ?? "") : unitNameOf(place.unit, districts);
  if (steps.length === 1 && place.unit === undefined) return { name: last, crumbs: [] };
  const above = place.unit === undefined ? steps.slice(0, -1) : steps;
  const crumbs = above.map(({ text, district }) => ({
    text,
    to: `${path}${href((old) => goTo(old, { district, unit: undefined }))}`,
  }));
  return { name: last, crumbs: [...crumbs, { text: last }] };
}
