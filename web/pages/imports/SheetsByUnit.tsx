import { Alert, Button, Flex } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { SheetUnit } from "./matching.ts";

/** A workbook with a sheet for each unit: one of them, with what its title says filled in, in one click. */
export function SheetsByUnit({
  sheets,
  onChoose,
}: {
  readonly sheets: readonly SheetUnit[];
  readonly onChoose: (sheet: SheetUnit) => void;
}): JSX.Element {
  const { t } = useTranslation();
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      data-testid="sheets-by-unit"
      title={t("importing.sheets.byUnit")}
      description={
        <Flex gap={8} wrap className="sheets-to-choose">
          {sheets.map((one) => (
            <Button key={one.sheet} size="small" onClick={() => onChoose(one)}>
              {one.sheet === one.unit ? one.unit : t("importing.sheets.oneUnit", { sheet: one.sheet, unit: one.unit })}
            </Button>
          ))}
        </Flex>
      }
    />
  );
}
