/** The catalogue of facts as JSON Schema: names of facts, their codes, and a person. */
import type { Message } from "../errors.ts";
import { type EnumValue, type FactDefinition, type FactKind, facts, gradeValues, type ItemField } from "./facts.ts";

export type Json = Readonly<Record<string, unknown>>;

export const words = ({ zh, en }: Message): string => `${zh} · ${en}`;

/** A closed list of names, each with what it means, so that editors offer them. */
export const oneOfNames = (names: readonly (readonly [name: string, description: string])[]): Json => ({
  anyOf: names.map(([name, description]) => ({ const: name, description })),
});

/** A schema of `$defs`. */
export const ref = (name: string): Json => ({ $ref: `#/$defs/${name}` });

/** The name of a fact of one of some kinds. */
export const factName = (kinds: readonly FactKind["kind"][]): Json => ({
  anyOf: kinds.filter((kind) => kindsOfFacts.includes(kind)).map((kind) => ref(`factName.${kind}`)),
});

const kindsOfFacts: readonly FactKind["kind"][] = [...new Set(facts.map(({ type }) => type.kind))];

/** The codes of a fact, of a field of its records, or of its years. */
export const codesOf = (fact: string, field?: string): Json => ref(["codes", fact, field].filter(Boolean).join("."));

const codeNames = (values: readonly EnumValue[]): Json =>
  oneOfNames(values.map(({ code, zh, en }) => [code, words({ zh: zh[0] ?? code, en })]));

/** What `factName` and `codesOf` refer to. */
export function factDefinitions(): Json {
  const names = kindsOfFacts.map((kind) => [
    `factName.${kind}`,
    oneOfNames(facts.filter(({ type }) => type.kind === kind).map(({ name, label }) => [name, words(label)])),
  ]);
  const codes = facts.flatMap(({ name, type }) => {
    if (type.kind === "enum") return [[`codes.${name}`, codeNames(type.values)]];
    if (type.kind === "grades") return [[`codes.${name}`, codeNames(gradeValues)]];
    if (type.kind !== "list") return [];
    return type.fields.flatMap((field) =>
      field.kind === "enum" ? [[`codes.${name}.${field.name}`, codeNames(field.values)]] : [],
    );
  });
  return Object.fromEntries([...names, ...codes]);
}

const datePattern = "^\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?$";

function fieldSchema(field: ItemField | FactKind, codes: Json): Json {
  switch (field.kind) {
    case "enum":
      return codes;
    case "boolean":
      return { type: "boolean" };
    case "integer":
      return { type: "integer", ...range(field) };
    case "number":
      return { type: "number", ...range(field) };
    case "date":
      return { type: "string", pattern: datePattern, description: "YYYY-MM-DD、YYYY-MM 或加引号的 YYYY" };
    default:
      return { type: "string" };
  }
}

const range = ({ min, max }: { readonly min?: number; readonly max?: number }): Json => ({
  ...(min === undefined ? {} : { minimum: min }),
  ...(max === undefined ? {} : { maximum: max }),
});

const orNull = (schema: Json): Json => ({ anyOf: [schema, { type: "null" }] });

function factSchema({ name, type }: FactDefinition): Json {
  const byYear = (entry: Json): Json => ({
    type: "object",
    propertyNames: { pattern: "^\\d{4}$" },
    additionalProperties: orNull(entry),
  });
  switch (type.kind) {
    case "grades":
      return byYear(codesOf(name));
    case "flags":
      return byYear({ type: "boolean" });
    case "years":
      return { type: "array", items: { type: "integer" } };
    case "strings":
      return { type: "array", items: { type: "string" } };
    case "list":
      return {
        type: "array",
        items: {
          type: "object",
          properties: Object.fromEntries(
            type.fields.map((field) => {
              const schema = fieldSchema(field, codesOf(name, field.name));
              return [field.name, { description: words(field.label), ...(field.required ? schema : orNull(schema)) }];
            }),
          ),
          required: type.fields.filter(({ required }) => required).map(({ name }) => name),
          additionalProperties: false,
        },
      };
    case "marks":
      return {
        type: "object",
        properties: Object.fromEntries(type.fields.map((mark) => [mark, { type: "number", minimum: 0, maximum: 100 }])),
        additionalProperties: false,
      };
    default:
      return fieldSchema(type, codesOf(name));
  }
}

/** A person: every fact may be left out, or null. */
export const personSchema: Json = {
  type: "object",
  properties: Object.fromEntries(
    facts.map((definition) => [
      definition.name,
      { description: words(definition.label), ...orNull(factSchema(definition)) },
    ]),
  ),
  additionalProperties: false,
};
