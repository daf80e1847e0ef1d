import { expect, test } from "vitest";
import { temporaryStore } from "./store.ts";

test("values come back as plain JavaScript", async () => {
  const store = await temporaryStore();
  const rows = await store.read((c) =>
    c.rows(`SELECT count(*) AS counted, sum(range) AS summed, 9007199254740993::UBIGINT AS wide, DATE '2000-02-29' AS day,
      TIMESTAMP '2024-04-15 08:30:00.25' AS instant, 12.50::DECIMAL(6, 2) AS price, [1, 2, NULL] AS list,
      {'a': 1, 'b': {'c': DATE '2020-01-01'}} AS record, MAP {'k': 1} AS map, 'x'::ENUM ('x', 'y') AS word, NULL AS nothing,
      true AS yes, 0.5::DOUBLE AS half FROM range(10)`),
  );
  expect(rows).toEqual([
    {
      counted: 10,
      summed: 45,
      wide: 9007199254740993n,
      day: "2000-02-29",
      instant: "2024-04-15T08:30:00.250Z",
      price: 12.5,
      list: [1, 2, null],
      record: { a: 1, b: { c: "2020-01-01" } },
      map: [{ key: "k", value: 1 }],
      word: "x",
      nothing: null,
      yes: true,
      half: 0.5,
    },
  ]);
});

test("named parameters of every kind", async () => {
  const store = await temporaryStore();
  const rows = await store.read((c) =>
    c.rows(
      `SELECT $text AS text, $number AS number, $wide AS wide, $share AS share, $flag AS flag, $nothing IS NULL AS nothing,
        $words AS words, $years AS years, $shares AS shares, len($none) AS none, 'b' = ANY($words) AS found`,
      {
        text: "o'; DROP TABLE workers; --",
        number: 2024,
        wide: 9_007_199_254_740_991,
        share: 0.25,
        flag: false,
        nothing: null,
        words: ["a", "b"],
        years: [2016, 2017],
        shares: [0.5, 1],
        none: [],
      },
    ),
  );
  expect(rows).toEqual([
    {
      text: "o'; DROP TABLE workers; --",
      number: 2024,
      wide: 9_007_199_254_740_991,
      share: 0.25,
      flag: false,
      nothing: true,
      words: ["a", "b"],
      years: [2016, 2017],
      shares: [0.5, 1],
      none: 0,
      found: true,
    },
  ]);
});

test("a parameter that is missing or unknown is an error", async () => {
  const store = await temporaryStore();
  await expect(store.read((c) => c.rows("SELECT $year AS y"))).rejects.toThrow(/query failed/);
  await expect(store.read((c) => c.rows("SELECT $year AS y", { year: 1, level: 2 }))).rejects.toThrow(/query failed/);
});
