/** What can be kept of data with faults of form. */
import type { FormFault } from "./form.ts";
import { mayLack, type Schema, within } from "./schema-walk.ts";
import type { Path } from "./yaml-places.ts";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What is kept of data with faults, and the original positions in lists that lost entries. */
export interface Kept {
  readonly data: unknown;
  readonly positions: ReadonlyMap<object, readonly number[]>;
}

/** Leaves out what is faulty, and what cannot be without it, so that the rest is as the schema asks. `undefined` data: nothing is left. */
export function keepSound(schema: Schema, data: unknown, faults: readonly FormFault[]): Kept {
  const positions = new Map<object, readonly number[]>();
  const at = (path: Path) =>
    faults.filter((one) => one.path.length > path.length && path.every((step, i) => one.path[i] === step));
  const isFaulty = (path: Path) =>
    faults.some((one) => one.path.length === path.length && one.path.every((step, i) => path[i] === step));

  function keep(value: unknown, path: Path, schemas: readonly Schema[]): unknown {
    if (isFaulty(path)) return undefined;
    const inside = at(path);
    if (inside.length === 0) return value;
    const inner = (step: string | number) =>
      keep(
        (value as Record<string | number, unknown>)[step],
        [...path, step],
        schemas.flatMap((one) => within(one, step)),
      );
    if (Array.isArray(value)) {
      const kept = value.map((_, index) => ({ index, value: inner(index) })).filter((one) => one.value !== undefined);
      const list = kept.map((one) => one.value);
      positions.set(
        list,
        kept.map(({ index }) => index),
      );
      return list;
    }
    if (!isRecord(value)) return undefined;
    const steps = new Set([...Object.keys(value), ...inside.map((one) => String(one.path[path.length]))]);
    const entries = [...steps].map((step) => [step, inner(step)] as const);
    const isWhole = entries.every(([step, one]) => one !== undefined || path.length === 0 || mayLack(schemas, step));
    return isWhole ? Object.fromEntries(entries.filter(([, one]) => one !== undefined)) : undefined;
  }

  return { data: keep(data, [], [schema]), positions };
}
