/** Pure: what the server said of one change. Looked up by the change itself, since the list may have moved on meanwhile. */
import type { Message } from "../../api/types.ts";
import type { Checked } from "./api.ts";
import { canonical } from "./draft.ts";
import type { Change, CheckNotice } from "./shapes.ts";

export interface Said {
  /** The change in words; undefined while that is not known. */
  readonly text: Message | undefined;
  readonly notices: readonly CheckNotice[];
}

export function saidOf(check: Checked | undefined, change: Change): Said {
  const wanted = canonical(change);
  const index = check?.changes.findIndex((one) => canonical(one) === wanted) ?? -1;
  if (check === undefined || index < 0) return { text: undefined, notices: [] };
  return {
    text: check.effects.find((one) => one.change === index)?.text,
    notices: check.notices.filter((one) => one.change === index),
  };
}
