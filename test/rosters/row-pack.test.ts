import fc from "fast-check";
import { expect, test } from "vitest";
import { RowPacker, RowUnpacker } from "../../server/rosters/row-pack.ts";
import type { ColumnValue } from "../../server/rules/columns.ts";

const cell = fc.oneof(
  fc.constant<ColumnValue>(null),
  fc.constantFrom<ColumnValue>("南通市", "", "2019-06-30", 0n, 5n, 2n ** 63n, true, false, 0, 1.5),
  fc.string(),
);

test("rows come out as they went in, however many batches, and however many columns later ones add", () => {
  const batches = fc.array(fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 20 }), { maxLength: 5 });
  fc.assert(
    fc.property(batches, (given) => {
      const [packer, unpacker] = [new RowPacker(), new RowUnpacker()];
      let width = 0;
      for (const rows of given) {
        width = Math.max(width, ...rows.map(({ length }) => length));
        const full = rows.map((row) => Array.from({ length: width }, (_, index) => row[index] ?? null));
        const sent = structuredClone(packer.pack(rows, width));
        expect(unpacker.unpack(sent)).toEqual(full);
      }
    }),
  );
});

test("a column of names that hardly ever come twice leaves the list of texts", () => {
  const [packer, unpacker] = [new RowPacker(), new RowUnpacker()];
  for (let batch = 0; batch < 30; batch++) {
    const rows = Array.from({ length: 1_024 }, (_, index): ColumnValue[] => [
      `职工${batch}-${index}`,
      index % 3 ? "是" : null,
    ]);
    const packed = packer.pack(rows, 2);
    expect(packed.columns.map(({ kind }) => kind)).toEqual([batch < 19 ? "codes" : "values", "codes"]);
    expect(unpacker.unpack(packed)).toEqual(rows);
  }
});
