import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { AppError } from "../../server/errors.ts";
import { matcher } from "../../server/rosters/match.ts";
import { readRoster } from "../../server/rosters/read.ts";
import { dataRows } from "../../server/rosters/sheets.ts";
import { exampleTables, toCsv, toXlsx } from "../fixtures/make-rosters.ts";
import { ground } from "./ground.ts";

/** Reads all rows; how many, or the error's code. Anything but an AppError is a crash. */
async function outcome(path: string, bytes: Uint8Array): Promise<number | string> {
  await writeFile(path, bytes);
  const match = matcher("workers");
  try {
    let rows = 0;
    const source = await readRoster(path, match);
    try {
      for await (const pieces of dataRows(source, { kind: "workers", match, yearGiven: true })) {
        rows += pieces.filter(({ kind }) => kind === "row").length;
      }
    } finally {
      await source.close();
    }
    return rows;
  } catch (error) {
    if (error instanceof AppError && error.code !== "internal") return error.code;
    throw error;
  }
}

it("a workbook cut anywhere is refused", async () => {
  const { folder } = await ground();
  const file = await toXlsx(exampleTables().workers);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: file.length - 1 }), async (length) => {
      expect(await outcome(join(folder, "cut"), file.subarray(0, length))).toBe("bad-input");
    }),
    { numRuns: 60 },
  );
});

it("a file with any bytes changed is read or refused, never a crash", async () => {
  const { folder } = await ground();
  const files = [await toXlsx(exampleTables().workers), Buffer.from(toCsv(exampleTables().workers))] as const;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 }),
      async (file, changes) => {
        const damaged = Buffer.from(file);
        for (const [at, byte] of changes) damaged[at % damaged.length] = byte;
        const found = await outcome(join(folder, "damaged"), damaged);
        expect(typeof found === "number" || found === "bad-input" || found === "too-large").toBe(true);
      },
    ),
    { numRuns: 200 },
  );
});
