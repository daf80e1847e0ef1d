import { Alert, Button, Flex } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { SheetYear } from "./matching.ts";

/** A workbook with a sheet for each year: one of them, with its year, in one click. */
export function SheetsByYear({
  sheets,
  onChoose,
}: {
  readonly sheets: readonly SheetYear[];
  readonly onChoose: (sheet: SheetYear) => void;
}): JSX.Element {
  const { t } = useTranslation();
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      data-testid="sheets-by-year"
      title={t("importing.sheets.byYear")}
      description={
        <Flex gap={8} wrap>
          {sheets.map((one) => (
            <Button key={one.sheet} size="small" onClick={() => onChoose(one)}>
              {t("importing.sheets.one", { sheet: one.sheet, year: one.year })}
            </Button>
          ))}
        </Flex>
      }
    />
  );
}
