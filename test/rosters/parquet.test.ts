import { describe, expect, it } from "vitest";
import { codes, fixture, ground, roster } from "./ground.ts";
import { parquet } from "./parquet-writer.ts";

const typed = `SELECT 2022 AS "年度", 'A1' AS "人员编号", '江都' AS "地区", '甲' AS "单位名称", DATE '1985-07-01' AS "出生日期",
  TIMESTAMP '2010-03-04 00:00:00' AS "取得现等级时间", true AS "在岗", 2::DOUBLE AS "papersInTrade",
  [{'kind': 'modelWorker', 'rank': 'municipal', 'awardedOn': DATE '2019-05-06'}] AS "honours", NULL::VARCHAR AS "姓名"`;

describe("a Parquet roster", () => {
  it("gives the same rows as .csv, whatever types its columns have", async () => {
    const { loadContent, rows } = await ground();
    const report = await loadContent(await parquet(typed), { fileName: "a.parquet" });
    expect(codes(report)).toEqual([]);
    expect(report).toMatchObject({ rowsLoaded: 1, years: [2022] });
    const before = await rows("workers");
    expect(before[0]).toMatchObject({
      birthDateFrom: "1985-07-01",
      levelObtainedOnFrom: "2010-03-04",
      onPost: true,
      sourceRow: 2,
    });
    const again = await loadContent(
      roster(
        [
          '2022,A1,江都,甲,1985-07-01,2010-03-04,true,2,"[{""kind"":""modelWorker"",""rank"":""municipal"",""awardedOn"":""2019-05-06""}]"',
        ],
        ",出生日期,取得现等级时间,在岗,papersInTrade,honours",
      ),
    );
    expect(again).toMatchObject({ rowsUnchanged: 1, rowsUpdated: 0 });
  });

  it.each(["uncompressed", "snappy", "gzip", "zstd", "brotli", "lz4_raw"])(
    "compressed by %s is the example of the fixtures",
    async (codec) => {
      const { load, loadContent } = await ground();
      await load(fixture("workers-2022.csv"), { fileName: "workers-2022.csv" });
      const file = await parquet(
        `SELECT * FROM read_csv('${fixture("workers-2022.csv")}', nullstr = '', all_varchar = ${codec === "snappy"})`,
        `COMPRESSION ${codec}, ROW_GROUP_SIZE 2048`,
      );
      expect(await loadContent(file, { fileName: "a.parquet" })).toMatchObject({ rowsRead: 60, rowsUnchanged: 60 });
    },
  );

  it("may have several groups of rows", async () => {
    const { loadContent } = await ground();
    const file = await parquet(
      `SELECT 2022 AS rosterYear, 'A' || i AS workerId, '江都' AS district, '甲' AS unit FROM range(10000) r(i)`,
      "ROW_GROUP_SIZE 2048",
    );
    expect(await loadContent(file, { fileName: "a.parquet" })).toMatchObject({ rowsLoaded: 10_000, rowsRejected: 0 });
  });

  it("keeps decimals and numbers as they are written", async () => {
    const { loadContent, rows } = await ground();
    const file = await parquet(
      `SELECT 2022 AS examYear, 'A' || i AS workerId, '江都' AS district, '甲' AS unit, '技师' AS targetLevel,
       (8 + i / 100)::DECIMAL(5, 2) AS theory, (8 + i / 100)::FLOAT AS skills, (8 + i / 100)::DOUBLE AS defence FROM range(100) r(i)`,
    );
    await loadContent(file, { kind: "applications", fileName: "a.parquet" });
    const found = await rows("applications");
    expect(found).toHaveLength(100);
    for (const { theory, skills, defence } of found) {
      expect(String(theory)).toMatch(/^8(\.\d\d?)?$/);
      expect([skills, defence]).toEqual([theory, theory]);
    }
  });

  it("with more rows than the limit, or damaged anywhere, is refused", async () => {
    const { loadContent } = await ground();
    const file = await parquet(typed);
    await expect(loadContent(file.subarray(0, file.length - 20), {})).rejects.toMatchObject({
      code: "bad-input",
      details: { reason: "parquet-damaged" },
    });
    await expect(loadContent(file, { limitRows: 0, fileName: "a.parquet" })).rejects.toMatchObject({
      details: { reason: "too-many-rows" },
    });
    const broken = Buffer.from(file);
    broken.fill(0xff, 10, 40);
    await expect(loadContent(broken, {})).rejects.toMatchObject({ code: "bad-input" });
  });
});
