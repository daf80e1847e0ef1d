import { Button, Flex } from "antd";
import type { JSX } from "react";

/** Facts to be filled in, each a button that opens its field. */
export function FactButtons({
  names,
  nameOf,
  onFact,
}: {
  readonly names: readonly string[];
  readonly nameOf: (name: string) => string | undefined;
  readonly onFact: (name: string) => void;
}): JSX.Element {
  return (
    <Flex gap={6} wrap>
      {names.map((name) => (
        <Button key={name} size="small" onClick={() => onFact(name)}>
          {nameOf(name) ?? name}
        </Button>
      ))}
    </Flex>
  );
}
