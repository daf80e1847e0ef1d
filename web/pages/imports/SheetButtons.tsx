import { Alert, Button, Flex } from "antd";
import type { JSX } from "react";

/** A workbook with a sheet for each year or unit: one of them, with what its title says filled in, in one click. */
export function SheetButtons<Sheet extends { readonly sheet: string }>({
  title,
  sheets,
  nameOf,
  onChoose,
  testId,
}: {
  readonly title: string;
  readonly sheets: readonly Sheet[];
  readonly nameOf: (sheet: Sheet) => string;
  readonly onChoose: (sheet: Sheet) => void;
  readonly testId: string;
}): JSX.Element {
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      data-testid={testId}
      title={title}
      description={
        <Flex gap={8} wrap className="sheets-to-choose">
          {sheets.map((one) => (
            <Button key={one.sheet} size="small" onClick={() => onChoose(one)}>
              {nameOf(one)}
            </Button>
          ))}
        </Flex>
      }
    />
  );
}
