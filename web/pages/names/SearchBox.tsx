import { Input } from "antd";
import { type JSX, useState } from "react";
import { useNames } from "./use-names.ts";

/** Narrows the rows of a tab to those with the words. What is typed is kept here: the address follows it, not the other way. */
export function SearchBox({ label }: { readonly label: string }): JSX.Element {
  const { q, change } = useNames();
  const [text, setText] = useState(q);
  return (
    <Input.Search
      allowClear
      value={text}
      placeholder={label}
      aria-label={label}
      style={{ width: 264 }}
      onChange={(event) => {
        setText(event.target.value);
        change({ q: event.target.value.trim() });
      }}
      data-testid="names-search"
    />
  );
}
