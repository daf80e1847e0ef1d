/** What every form of a change is given. */
import type { ScenarioOptions } from "../options.ts";
import type { Change, ChangeKind } from "../shapes.ts";

export interface ChangeForm<Kind extends ChangeKind> {
  readonly options: ScenarioOptions;
  /** What is edited; undefined: a new one. */
  readonly value: Extract<Change, { readonly kind: Kind }> | undefined;
  /** Undefined while something is missing. */
  readonly onChange: (change: Change | undefined) => void;
}
