import { Flex, Input } from "antd";
import type { JSX, ReactNode } from "react";

/** What stands above a long table: a search, other choices, how many rows are shown, and what can be saved. */
export function TableTools({
  sought,
  onSeek,
  hint,
  choices,
  shown,
  shownTestId,
  save,
}: {
  readonly sought: string;
  readonly onSeek: (text: string) => void;
  /** What can be searched for. */
  readonly hint: string;
  readonly choices?: ReactNode;
  /** How many rows, in words. */
  readonly shown: string;
  readonly shownTestId: string;
  readonly save?: ReactNode;
}): JSX.Element {
  return (
    <Flex gap="8px 16px" wrap align="center" className="table-tools">
      <Input.Search
        allowClear
        value={sought}
        placeholder={hint}
        aria-label={hint}
        style={{ width: 240 }}
        onChange={(event) => onSeek(event.target.value)}
      />
      {choices}
      <span className="muted" data-testid={shownTestId}>
        {shown}
      </span>
      {save}
    </Flex>
  );
}
