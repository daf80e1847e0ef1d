/** Pure: what the server said of one change. Looked up by the change itself, since the list may have moved on meanwhile. */
import type { Message } from "../../api/types.ts";
import type { Checked } from "./api.ts";
import { canonical } from "./draft.ts";
import type { Change, CheckNotice } from "./shapes.ts";

export interface Said {
  /** The change in words; undefined while that is not known. */
  readonly text: Message | undefined;
  /** Decisions on the present roster that it changes; undefined where none is of rules. */
  readonly decisions: { readonly gained: number; readonly lost: number } | undefined;
  readonly notices: readonly CheckNotice[];
}

const unsaid: Said = { text: undefined, decisions: undefined, notices: [] };

export function saidOf(check: Checked | undefined, change: Change | undefined): Said {
  if (check === undefined || change === undefined) return unsaid;
  const wanted = canonical(change);
  const index = check.changes.findIndex((one) => canonical(one) === wanted);
  if (index < 0) return unsaid;
  const effect = check.effects.find((one) => one.change === index);
  const { gained = null, lost = null } = effect ?? {};
  return {
    text: effect?.text,
    decisions: gained === null || lost === null ? undefined : { gained, lost },
    notices: check.notices.filter((one) => one.change === index),
  };
}
