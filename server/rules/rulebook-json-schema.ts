/**
 * The JSON Schema of a rulebook, made from the schemas that read it, for editors to complete and check while one writes. What
 * rests on other parts of the file (names of conditions and lists) only `rulebooks check` can tell.
 */
import { z } from "zod";
import { citation, message } from "./citation-text.ts";
import { conditionKeys, partKeys } from "./condition-text.ts";
import { levelValues, targetLevels } from "./facts.ts";
import { factDefinitions, factName, type Json, oneOfNames, personSchema, ref, words } from "./facts-json-schema.ts";
import { vocabulary } from "./operators/fields.ts";
import { part } from "./operators/group.ts";
import { operators } from "./operators/index.ts";
import { operatorRules, operatorWords } from "./operators-json-schema.ts";
import type { Module } from "./rulebook.ts";
import { bookSchema, conditionSchema, levelSchema } from "./rulebook-text.ts";

/** What zod says of a schema, with references where the vocabulary knows more; not for the schema itself. */
function plain(schema: z.ZodType): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override({ zodSchema, jsonSchema, path }) {
      const meaning = path.length === 0 ? undefined : vocabulary.get(zodSchema);
      const better = meaning?.factsOf ? factName(meaning.factsOf) : meaning?.ref ? ref(meaning.ref) : undefined;
      if (!better) return;
      const { description } = jsonSchema;
      for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
      Object.assign(jsonSchema, better, description === undefined ? {} : { description });
    },
  });
  return tidy(json) as Json;
}

const isSame = (one: unknown, names: readonly string[]) =>
  Array.isArray(one) && one.length === names.length && names.every((name) => one.includes(name));

/** Without what says nothing; levels as properties, which editors complete. */
function tidy(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(tidy);
  if (typeof json !== "object" || json === null) return json;
  const { minimum, maximum, propertyNames, ...rest } = json as Json;
  if (isSame(rest.enum, targetLevels)) return ref("levelName");
  const names = propertyNames as Json | undefined;
  if (names?.$ref === ref("levelName").$ref || isSame(names?.enum, targetLevels)) {
    const { additionalProperties, ...others } = rest;
    const properties = Object.fromEntries(targetLevels.map((target) => [target, tidy(additionalProperties)]));
    return { ...others, properties, additionalProperties: false };
  }
  return {
    ...Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, tidy(inner)])),
    ...(minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? {} : { minimum }),
    ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }),
  };
}

const propertiesOf = (schema: z.ZodType): Json => plain(schema).properties as Json;

const moduleWords: Readonly<Record<Module, string>> = {
  normal: "正常 · normal",
  early: "提前一年 · a year early",
  exceptional: "破格 · exceptional",
  transfer: "转岗 · transfer",
  reverification: "复核 · re-verification",
  direct: "直接确认 · direct confirmation",
};

/** `Y-08-31`, `(Y+1)-05`, or a plain date. */
const template = "(Y|\\(Y[+-]\\d+\\))-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?";
const plainDate = "\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?";

const operatorNames = [...operators.keys()];
const operatorProperties: Json = Object.fromEntries(
  operatorNames.map((name) => [name, { description: operatorWords[name], ...ref(`operator.${name}`) }]),
);

/** A condition may inherit its operator: at most one. */
const atMostOneOf = (names: readonly string[]): Json => ({
  oneOf: [
    { not: { anyOf: names.map((name) => ({ required: [name] })) } },
    ...names.map((name) => ({ required: [name] })),
  ],
});

function definitions(): Json {
  const { noneMet, ...common } = propertiesOf(conditionSchema);
  const ofPart = propertiesOf(part);
  return {
    message: plain(message),
    citation: plain(citation),
    levelName: oneOfNames(
      levelValues.flatMap(({ code, zh, en }) => (code === "none" ? [] : [[code, words({ zh: zh[0] ?? code, en })]])),
    ),
    moduleName: oneOfNames(Object.entries(moduleWords)),
    ownDate: {
      type: "string",
      pattern: `^(${template}|${plainDate})$`,
      description: "Y-08-31、(Y+1)-05 或 2023-06-13 · Y is the exam year",
    },
    date: {
      type: "string",
      pattern: `^(${template}|${plainDate}|window\\.from|window\\.to|cutOff)$`,
      description: "Y-08-31、(Y+1)-05、window.from、window.to、cutOff 或 2023-06-13 · Y is the exam year",
    },
    ...factDefinitions(),
    facts: personSchema,
    level: plain(levelSchema),
    condition: {
      type: "object",
      properties: { ...pick(common, conditionKeys), noneMet, ...operatorProperties },
      additionalProperties: false,
      ...atMostOneOf([...operatorNames, "noneMet"]),
    },
    part: {
      type: "object",
      properties: { ...pick(ofPart, partKeys), ...operatorProperties },
      additionalProperties: false,
      oneOf: operatorNames.map((name) => ({ required: [name] })),
    },
    namedPart: { ...ref("part"), required: ["id"] },
    ...Object.fromEntries(
      [...operators].map(([name, { schema }]) => [`operator.${name}`, withRules(name, plain(schema))]),
    ),
  };
}

const pick = (properties: Json, keys: readonly string[]): Json =>
  Object.fromEntries(keys.map((key) => [key, properties[key]]));

/** Adds what the keys and values of an operator ask of each other. */
function withRules(name: string, schema: Json): Json {
  const rules = operatorRules[name];
  return rules ? { ...schema, allOf: rules } : schema;
}

/** Draft 2020-12. */
export const rulebookJsonSchema = (): Json => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "规则库 · rulebook",
  description: "机关事业单位工勤技能岗位技术等级考评规则库；写法见 README.md",
  ...plain(bookSchema),
  $defs: definitions(),
});
