import { TreeSelect } from "antd";
import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { District } from "../api/types.ts";
import { districtTree } from "../state/districts.ts";
import { useAppMeta } from "../state/meta.tsx";

/** A district, city or province out of the tree; cleared it is all of them. */
export function DistrictSelect({
  id,
  value,
  placeholder,
  among,
  onChange,
}: {
  readonly id: string;
  readonly value: string | undefined;
  /** Instead of the words for all of them. */
  readonly placeholder?: string;
  /** Instead of the districts that have rows. */
  readonly among?: readonly District[] | undefined;
  readonly onChange: (district: string | undefined) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const meta = useAppMeta();
  const districts = among ?? meta.districts;
  const tree = useMemo(() => districtTree(districts), [districts]);
  return (
    <TreeSelect
      id={id}
      value={value ?? null}
      placeholder={placeholder ?? t("filters.allDistricts")}
      allowClear
      showSearch={{ treeNodeFilterProp: "title" }}
      treeDefaultExpandedKeys={tree.map((node) => node.value)}
      popupMatchSelectWidth={280}
      style={{ width: 200 }}
      treeData={tree as unknown as { value: string; title: string }[]}
      onChange={(district: string | null | undefined) => onChange(district ?? undefined)}
    />
  );
}
