import { SwapOutlined } from "@ant-design/icons";
import { Alert, Button, Segmented } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { RosterKind } from "../../api/import-types.ts";
import type { Flow } from "./flow.ts";

export const rosterKinds = ["workers", "applications"] as const satisfies readonly RosterKind[];
export const otherKind = { workers: "applications", applications: "workers" } as const satisfies Record<
  RosterKind,
  RosterKind
>;

/** Which roster the file is: as its columns say, until the clerk says otherwise. */
export function KindChoice({
  flow: { kind, kindBy },
  isOther,
  onChange,
}: {
  readonly flow: Pick<Flow, "kind" | "kindBy">;
  /** The columns are rather those of the other kind. */
  readonly isOther: boolean;
  readonly onChange: (kind: RosterKind) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const other = otherKind[kind];
  return (
    <>
      <div className="filter-field">
        <span id="import-kind">{t("imports.kind")}</span>
        <Segmented<RosterKind>
          aria-labelledby="import-kind"
          data-testid="import-kind"
          value={kind}
          options={rosterKinds.map((value) => ({ value, label: t(`imports.kinds.${value}`) }))}
          onChange={onChange}
        />
        <span className="muted">{kindBy === "file" ? t("importing.kind.guessed") : t(`imports.kindHint.${kind}`)}</span>
      </div>
      {isOther && (
        <Alert
          type="warning"
          showIcon
          role="status"
          data-testid="other-kind"
          title={t("importing.kind.other", { kind: t(`imports.kinds.${other}`) })}
          action={
            <Button icon={<SwapOutlined />} onClick={() => onChange(other)}>
              {t("importing.kind.switch", { kind: t(`imports.kinds.${other}`) })}
            </Button>
          }
        />
      )}
    </>
  );
}
