/** What every unit has to correct, a workbook each to send back, and a summary for the office. */
import { inOrder } from "./problem-order.ts";
import type { FoundProblem } from "./report.ts";
import { byUnit, summaryName } from "./unit-groups.ts";
import { summaryWorkbook } from "./unit-lists-summary.ts";
import { type ListsAbout, unitWorkbook } from "./unit-lists-workbook.ts";
import { ZipStream } from "./zip-stream.ts";

export interface UnitListsInput {
  readonly report: ListsAbout;
  /** In any order. */
  readonly problems: readonly FoundProblem[];
  /** Found, but too many to be listed. */
  readonly notKept: number;
  readonly now?: Date | undefined;
}

export interface UnitListFile {
  /** With ending. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** 汇总.xlsx, then one file for each unit that has something to correct. A unit's file holds that unit's rows only. */
export async function* unitListFiles(input: UnitListsInput): AsyncGenerator<UnitListFile> {
  const { units, ofFile } = byUnit(inOrder(input.problems));
  const now = input.now ?? new Date();
  yield { name: `${summaryName}.xlsx`, bytes: await summaryWorkbook({ ...input, now, units, ofFile }) };
  for (const unit of units) {
    yield { name: `${unit.fileName}.xlsx`, bytes: await unitWorkbook(unit, { ...input, now }) };
  }
}

/** 名册.xlsx → 名册-各单位更正清单.zip */
export const unitListsName = (fileName: string): string => `${fileName.replace(/\.[^.]*$/, "")}-各单位更正清单.zip`;

/** All of them in one zip file. */
export async function* unitLists(input: UnitListsInput): AsyncGenerator<Buffer> {
  const zip = new ZipStream(input.now ?? new Date());
  for await (const { name, bytes } of unitListFiles(input)) yield* zip.add(name, [Buffer.from(bytes)]);
  yield zip.end();
}
