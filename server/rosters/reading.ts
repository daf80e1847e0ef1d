/** What one cell was read as: values of table columns, or what is wrong with it. */
import type { Message } from "../errors.ts";
import { clip } from "../json-bounds.ts";
import type { ColumnValue } from "../rules/columns.ts";
import { type Identity, maskIdentities } from "./identity.ts";

export interface CellProblem {
  readonly code: string;
  readonly message: Message;
  readonly severity: "error" | "warning";
  /** What was taken instead of the raw text. */
  readonly taken?: string;
  /** Said once with the number of cells: for each different text of the column and what it was taken for, or for the column as a whole. */
  readonly once?: "text" | "column";
}

/** Column name → value; a column that is not named keeps what it has. */
export type ColumnValues = Readonly<Record<string, ColumnValue>>;

/** Two trades of one cell; a name that no trade has is undefined. */
export interface TradePair {
  readonly kind: "trades";
  readonly names: readonly [string | undefined, string | undefined];
  readonly raw: readonly [string, string];
}

/** Two dates of one cell, as written from left to right. */
export interface DatePair {
  readonly kind: "dates";
  readonly dates: readonly [string, string];
}

export interface CellReading {
  readonly values: ColumnValues;
  /** For columns that nothing else in the row fills. */
  readonly also?: ColumnValues;
  readonly problem?: CellProblem;
  /** Raw text for the worklist of unmapped names. */
  readonly unmapped?: "trades" | "districts";
  /** What an identity number says about its holder. */
  readonly identity?: Identity;
  /** What only the whole row can decide. */
  readonly pair?: TradePair | DatePair;
}

export const noValues: ColumnValues = {};

/** The cell says nothing, legally. */
export const nothingRead: CellReading = { values: noValues };

export const reject = (code: string, zh: string, en: string): CellReading => ({
  values: noValues,
  problem: { code, message: { zh, en }, severity: "error" },
});

type Extra = Pick<CellProblem, "taken" | "once">;

/** A warning beside what was taken. */
export const warn = (values: ColumnValues, code: string, zh: string, en: string, extra: Extra = {}): CellReading => ({
  values,
  problem: { code, message: { zh, en }, severity: "warning", ...extra },
});

/** Characters; what is longer is no date, word, number or name. Only JSON may be. */
export const longestText = 400;

export const tooLong = (text: string): CellReading =>
  reject(
    "cell-too-long",
    `“${clip(maskIdentities(text), 60)}”过长，不是有效的内容`,
    `"${clip(maskIdentities(text), 60)}" is too long to mean anything`,
  );

/** A warning on its own, for what the row as a whole shows. */
export const warning = (code: string, zh: string, en: string, extra: Extra = {}): CellProblem => ({
  code,
  message: { zh, en },
  severity: "warning",
  ...extra,
});

export const error = (code: string, zh: string, en: string): CellProblem => ({
  code,
  message: { zh, en },
  severity: "error",
});
