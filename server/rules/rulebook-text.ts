/** The text of a rulebook: its YAML schema, and faults with file, line and column. */
import { isMap, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { balanceSchema } from "./balance.ts";
import { caseSchema, peopleSchema } from "./case-schema.ts";
import { citation } from "./citation-text.ts";
import { targetLevels } from "./facts.ts";
import { publicitySchema } from "./publicity.ts";
import { quotaSchema } from "./quota.ts";
import { modules } from "./rulebook.ts";
import { scoreCaseSchema, scoresSchema } from "./score-text.ts";
import { isDateTemplate } from "./term.ts";

const message = z.strictObject({ zh: z.string(), en: z.string() });
const dateText = z.string().refine(isDateTemplate, "expected a date such as Y-08-31 or (Y+1)-05");
const levelName = z.enum(targetLevels);
const moduleName = z.enum(modules);

const conditionSchema = z.looseObject({
  id: z.string().optional(),
  label: message.optional(),
  cite: citation.optional(),
  derived: z.boolean().optional(),
  planning: z.enum(["assume", "exclude"]).optional(),
  advisory: z.boolean().optional(),
  trades: z.array(z.string()).min(1).optional(),
  noneMet: moduleName.optional(),
});
/** Keys of a condition that are not its operator. */
export const conditionKeys = ["id", "label", "cite", "derived", "planning", "advisory", "trades"];

const pathwaySchema = z.strictObject({
  id: z.string(),
  module: moduleName,
  label: message.optional(),
  door: z.string().optional(),
  omit: z.array(z.string()).optional(),
  waive: z.array(z.string()).optional(),
  relieve: z.array(z.string()).optional(),
  replace: z.record(z.string(), z.string()).optional(),
  add: z.array(z.string()).optional(),
});

const levelSchema = z.strictObject({
  window: z
    .strictObject({ from: dateText, to: dateText, cite: citation.optional(), derived: z.array(z.string()).optional() })
    .optional(),
  cutOff: dateText.optional(),
  conditions: z.array(z.string()).optional(),
  pathways: z.array(z.union([z.string(), pathwaySchema])).optional(),
  selectionExemption: z.string().optional(),
  remarks: z.array(z.string()).optional(),
});

const bookSchema = z.strictObject({
  id: z.string().regex(/^[a-z-]+-\d{4}$/, "expected name-year, such as nantong-2023"),
  title: message,
  document: z.string(),
  extends: z.string().optional(),
  covers: z.array(levelName).optional(),
  lists: z.record(z.string(), z.array(z.string()).min(1)).optional(),
  conditions: z.record(z.string(), conditionSchema).optional(),
  shared: z.array(z.string()).optional(),
  levels: z.partialRecord(levelName, levelSchema).optional(),
  quota: quotaSchema.optional(),
  balance: balanceSchema.optional(),
  publicity: publicitySchema.optional(),
  people: peopleSchema.optional(),
  cases: z.array(caseSchema).optional(),
  scores: scoresSchema.optional(),
  scoreCases: z.array(scoreCaseSchema).optional(),
});
type BookText = z.infer<typeof bookSchema>;
export type LevelText = z.infer<typeof levelSchema>;
export type PathwayText = z.infer<typeof pathwaySchema>;
export type ConditionText = z.infer<typeof conditionSchema>;

export interface RulebookFile {
  /** For messages. */
  readonly name: string;
  readonly text: string;
}

/** A fault in a rulebook text, with its place. */
export class RulebookError extends AppError {
  constructor(file: string, line: number, columnNumber: number, text: string) {
    const place = `${file}:${line}:${columnNumber}`;
    super(
      "bad-input",
      { zh: `规则库 ${place} 有误：${text}`, en: `${place} ${text}` },
      { file, line, column: columnNumber },
    );
  }
}

/** One file, checked for form only. */
export interface ParsedBook {
  readonly file: string;
  readonly text: BookText;
  /** Throws with the place of a path in the file. */
  fail(path: readonly (string | number)[], text: string): never;
}

/** Throws `RulebookError` at the first fault of form. */
export function parseBook({ name, text }: RulebookFile): ParsedBook {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const fault = document.errors[0];
  if (fault) {
    const { line, col } = lines.linePos(fault.pos[0]);
    throw new RulebookError(name, line, col, fault.message);
  }
  const fail = (path: readonly (string | number)[], reason: string): never => {
    for (let depth = path.length; depth >= 0; depth--) {
      const parent = depth === 0 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
      const key = path[depth - 1];
      const pair = isMap(parent) ? parent.items.find((item) => String(item.key) === String(key)) : undefined;
      const node = (pair?.key ?? (depth === 0 ? parent : document.getIn(path.slice(0, depth), true))) as
        | { range?: [number, number, number] | null }
        | undefined;
      if (node?.range) {
        const { line, col } = lines.linePos(node.range[0]);
        throw new RulebookError(name, line, col, reason);
      }
    }
    throw new RulebookError(name, 1, 1, reason);
  };
  const parsed = bookSchema.safeParse(document.toJS());
  if (parsed.success) return { file: name, text: parsed.data, fail };
  const issue = parsed.error.issues[0];
  const path = (issue?.path ?? []).map((one) => (typeof one === "number" ? one : String(one)));
  if (issue?.code === "unrecognized_keys")
    return fail([...path, issue.keys[0] ?? ""], `unknown key "${issue.keys[0]}"`);
  return fail(path, `${path.join(".")}: ${issue?.message}`);
}
