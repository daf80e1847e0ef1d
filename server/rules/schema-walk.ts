/** Zod schemas looked into: what stands at a path, and which keys there may be. */
import type { z } from "zod";
import type { Path } from "./yaml-places.ts";

export type Schema = z.core.$ZodType;

/** The schema inside those that only say that a value may be left out. */
export function bare(schema: Schema): Schema {
  const { def } = schema._zod as z.core.$ZodTypeInternals & { def: { innerType?: Schema } };
  return (def.type === "optional" || def.type === "nullable") && def.innerType ? bare(def.innerType) : schema;
}

/** Schemas one step further in; several behind a union. */
export function within(schema: Schema, step: string | number): readonly Schema[] {
  const def = defOf(schema);
  switch (def.type) {
    case "object": {
      const inner = def.shape[step];
      return inner ? [inner] : [];
    }
    case "record":
      return [def.valueType];
    case "array":
      return [def.element];
    case "union":
      return def.options.flatMap((option) => within(option, step));
    default:
      return [];
  }
}

export const schemasAt = (schema: Schema, path: Path): readonly Schema[] =>
  path.reduce<readonly Schema[]>((found, step) => found.flatMap((one) => within(one, step)), [schema]);

/** Its own description, as zod keeps it. */
const defOf = (schema: Schema) => bare(schema)._zod.def as z.core.$ZodTypes["_zod"]["def"];

/** A number that must be whole. */
export function isWhole(schema: Schema): boolean {
  const def = defOf(schema);
  return def.type === "number" && "format" in def;
}

export function keysOf(schema: Schema): string[] {
  const def = defOf(schema);
  if (def.type === "union") return def.options.flatMap(keysOf);
  return def.type === "object" ? Object.keys(def.shape) : [];
}

/** Names the keys of a mapping must be among. */
export function keyNamesOf(schema: Schema): readonly unknown[] {
  const def = defOf(schema);
  return def.type === "record" ? [...(def.keyType._zod.values ?? [])] : [];
}

/** Whether a mapping is complete without a key: it is optional, or no key of the schema at all. */
export const mayLack = (schemas: readonly Schema[], step: string): boolean =>
  schemas.every((schema) =>
    within(schema, step).every((one) => one._zod.optin === "optional" || defOf(schema).type === "record"),
  );
