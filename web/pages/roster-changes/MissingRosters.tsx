import { Alert } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useRosterChanges } from "../../api/roster-hooks.ts";
import { useRosterSearch } from "../../state/use-roster-search.ts";
import { missingDistricts } from "./missing.ts";

interface Years {
  readonly from: number;
  readonly to: number;
}

/** Says which districts have no roster in one of the years: their people count as joined or left, which nobody did. */
export function MissingRosters({ from, to }: Years): JSX.Element | null {
  const { t } = useTranslation();
  const { place } = useRosterSearch();
  const answer = useRosterChanges({ from, to, district: place.district, unit: undefined, by: "district" }, true);
  const missing = missingDistricts(answer.data ?? []);
  const list = (names: readonly string[]): string => names.join(t("common.comma"));
  const lines = [
    ...(missing.from.length > 0 ? [t("changes.missingFrom", { year: from, list: list(missing.from) })] : []),
    ...(missing.to.length > 0 ? [t("changes.missingTo", { year: to, list: list(missing.to) })] : []),
  ];
  if (lines.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t("changes.missingRosters")}
      description={lines.map((line) => <div key={line}>{line}</div>)}
      data-testid="changes-missing"
    />
  );
}
