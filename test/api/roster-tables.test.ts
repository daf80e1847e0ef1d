/** What the office edits and asks of rosters over HTTP: units, trades, headings, changes between years, data quality. */
import { tableFromIPC } from "apache-arrow";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problem, startServer, type TestServer } from "./server.ts";

let server: TestServer;
const heading = "年度,人员编号,姓名,性别,出生日期,地区,单位名称,在岗,工种,现技术等级,取得现等级时间,参加工作时间,学历";
const line = (year: number, id: string, unit = "甲中学", trade = "电工", since = "2015-12") =>
  `${year},${id},张三,男,1980-05-01,通州区,${unit},是,${trade},技师,${since},2000-07-01,大专`;

beforeAll(async () => {
  server = await startServer({ uploadLimitBytes: 200_000 });
  await upload(
    [
      heading,
      ...["A1", "A2", "A3", "A4"].map((id) => line(2022, id)),
      ...["A1", "A2", "A3"].map((id) => line(2023, id, "乙中学")),
      line(2022, "B1", "丙中学", "飞行员"),
      line(2023, "B1", "丙中学", "飞行员", "1999-12"),
    ].join("\n"),
  );
});
afterAll(() => server.close());

function upload(content: string, fields: Record<string, string> = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ kind: "workers", ...fields })) form.set(name, value);
  form.set("file", new Blob([content]), "名册.csv");
  return server.get("/api/v1/imports", { method: "POST", body: form });
}
const get = async <T = Record<string, unknown>[]>(path: string): Promise<T> =>
  (await (await server.get(`/api/v1${path}`)).json()) as T;
const put = (path: string, body: unknown) =>
  server.get(`/api/v1${path}`, {
    method: "PUT",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
const remove = (path: string) => server.get(`/api/v1${path}`, { method: "DELETE" });
const version = (response: Response) => Number(response.headers.get("x-data-version"));
const unitsOf = async (year: number) =>
  (await get(`/eligibility?year=${year}&level=seniorTechnician&by=unit`)).map((row) => [row.unitName, row.workers]);

describe("units", () => {
  test("are listed as they are spelt, with their rows by the exam year they count in", async () => {
    const found = await get("/units?district=320612");
    expect(found).toContainEqual({
      ...{ district: "320612", districtName: "通州区", unit: "甲中学", years: [{ year: 2023, rows: 4 }] },
    });
    expect(found).toHaveLength(3);
    expect(await problem(await server.get("/api/v1/units?district=999"))).toMatchObject({ property: "district" });
  });

  const change = {
    district: "320612",
    fromUnit: "甲中学",
    toUnit: "乙中学",
    since: 2023,
    kind: "renamed",
    source: "通知",
  };

  test("a suggestion is entered, the tables follow from its year on, and it is taken away again", async () => {
    const before = await unitsOf(2023);
    expect(await get("/unit-changes/suggestions?district=320600")).toEqual([
      {
        ...{ district: "320612", districtName: "通州区", fromUnit: "甲中学", toUnit: "乙中学", since: 2023 },
        ...{ kind: "renamed", from: 2022, to: 2023, people: 3, peopleFrom: 4, peopleTo: 3, share: 1 },
      },
    ]);
    const entered = await put("/unit-changes", change);
    expect(version(entered)).toBe(2);
    const row = (await entered.json()) as { id: number };
    expect(row).toMatchObject({ ...change, note: null, who: "test", rowsFrom: 4, rowsTo: 3 });
    expect(await get("/unit-changes")).toEqual([row]);
    expect(await get("/unit-changes/suggestions")).toEqual([]);
    expect(await unitsOf(2023)).toEqual([
      ["丙中学", 1],
      ["乙中学", 4],
    ]);
    const removed = await remove(`/unit-changes/${row.id}`);
    expect([removed.status, version(removed)]).toEqual([204, 3]);
    expect(await unitsOf(2023)).toEqual(before);
    expect(await problem(await remove(`/unit-changes/${row.id}`))).toMatchObject({ status: 404, property: "id" });
  });

  test.each([
    [{ ...change, since: "2023" }, "since"],
    [{ ...change, kind: "split" }, "kind"],
    [{ ...change, source: " " }, "source"],
    [{ ...change, fromUnit: "甲中" }, "fromUnit"],
    [{ ...change, toUnit: "甲中学" }, "toUnit"],
    [{ ...change, district: "320600000" }, "district"],
    [{ ...change, more: 1 }, "more"],
    [{}, "district"],
    [[], null],
  ])("bad change %#: %s", async (body, property) => {
    expect(await problem(await put("/unit-changes", body))).toMatchObject({ status: 400, property });
  });
});

describe("trades", () => {
  test("a name nobody knew is entered, rows follow, and the worklist is empty", async () => {
    expect(await get("/trade-aliases/unmapped")).toMatchObject([{ tradeRaw: "飞行员", rows: 2, newestYear: 2023 }]);
    const path = `/trade-aliases/${encodeURIComponent("飞行员")}`;
    const body = { trade: "汽车驾驶与管理", source: "本局意见", confidence: "assumed" };
    const entered = await put(path, body);
    const row = { alias: "飞行员", since: null, who: "test", rows: 2, ...body };
    expect(await entered.json()).toMatchObject(row);
    expect((await get("/trade-aliases")).find(({ alias }) => alias === "飞行员")).toMatchObject(row);
    expect(await get("/trade-aliases/unmapped")).toEqual([]);
    const trades = await get("/eligibility?year=2024&level=seniorTechnician&by=trade");
    expect(trades.map(({ trade, workers }) => [trade, workers])).toEqual([
      ["汽车驾驶与管理", 1],
      ["电工", 3],
    ]);
    // the same edit changes nothing
    expect(version(await put(path, body))).toBe(version(entered));
    const removed = await remove(path);
    expect([removed.status, version(removed)]).toEqual([204, version(entered) + 1]);
    expect(await get("/trade-aliases/unmapped")).toHaveLength(1);
    expect(await problem(await remove(path))).toMatchObject({ status: 404, property: "alias" });
    expect(await problem(await remove(`/trade-aliases/${encodeURIComponent("司机")}`))).toMatchObject({ status: 409 });
    expect(await problem(await put(path, { ...body, trade: "驾驶" }))).toMatchObject({
      status: 400,
      property: "trade",
    });
    expect(await problem(await put(path, { ...body, since: 20 }))).toMatchObject({ status: 400, property: "since" });
    expect(await problem(await put("/trade-aliases/%20", body))).toMatchObject({ status: 400, property: "alias" });
  });

  test("a general trade is confirmed, and the quota says it is no longer assumed", async () => {
    const assumed = async () =>
      (await get("/quota?year=2024&level=seniorTechnician&by=trade")).find(({ trade }) => trade === "电工")?.assumed;
    expect(await assumed()).toBe(true);
    const path = `/trades/${encodeURIComponent("电工")}`;
    const confirmed = await put(path, { general: true, confirmed: true, source: "苏人社" });
    expect(await confirmed.json()).toMatchObject({ name: "电工", general: true, generalAssumed: false, workers: 3 });
    expect(await assumed()).toBe(false);
    expect((await remove(path)).status).toBe(204);
    expect(await assumed()).toBe(true);
    expect((await get("/trades")).find(({ name }) => name === "电工")).toMatchObject({ who: null, changedAt: null });
    expect(await problem(await put("/trades/x", { general: true, confirmed: true, source: "x" }))).toMatchObject({
      status: 404,
    });
    expect(await problem(await put(path, { general: "yes", confirmed: true, source: "x" }))).toMatchObject({
      property: "general",
    });
  });

  test("several trades are confirmed in one data version, all or none, and put back in one", async () => {
    const flag = { general: true, confirmed: true, source: "苏人社" };
    const before = await get("/trades");
    const start = ((await get("/meta")) as unknown as { dataVersion: number }).dataVersion;
    const names = ["电工", "烹饪", "航标工"];
    const done = await put("/trades", { trades: names.map((name) => ({ name, flag })) });
    expect(version(done)).toBe(start + 1);
    expect(await done.json()).toMatchObject(names.map((name) => ({ name, general: true, generalAssumed: false })));
    expect(version(await put("/trades", { trades: [{ name: "烹饪", flag }] }))).toBe(start + 1);
    const refused = await put("/trades", { trades: [...names, "x"].map((name) => ({ name, flag: null })) });
    expect(await problem(refused)).toMatchObject({ status: 404, property: "name", value: "x" });
    expect((await get("/trades")).filter(({ who }) => who !== null)).toHaveLength(3);
    const back = await put("/trades", { trades: names.map((name) => ({ name, flag: null })) });
    expect(version(back)).toBe(start + 2);
    expect(await get("/trades")).toEqual(before);
    expect(await problem(await put("/trades", { trades: [] }))).toMatchObject({ status: 400, property: "trades" });
  });
});

test("a heading that was matched in an upload is listed and forgotten", async () => {
  const odd = "年度,编码,地区,科室名\n2021,A1,通州区,甲中学\n";
  const mapping = JSON.stringify({ 编码: "workerId", 科室名: "unit" });
  expect((await upload(odd, { mapping })).status).toBe(200);
  const list = await get("/heading-mappings");
  expect(list).toMatchObject([
    { kind: "workers", heading: "科室名", column: "unit", label: { zh: "单位名称" }, who: "test" },
    { kind: "workers", heading: "编码", column: "workerId" },
  ]);
  const again = (await (await upload(odd.replace("A1", "A2"))).json()) as { counts: object[] };
  expect(again.counts).toContainEqual({ code: "column-remembered", severity: "warning", count: 2 });
  const path = (name: string) => `/heading-mappings?kind=workers&heading=${encodeURIComponent(name)}`;
  expect((await remove(path("编码"))).status).toBe(204);
  expect(await problem(await remove(path("编码")))).toMatchObject({ status: 404, property: "heading" });
  expect(await problem(await remove("/heading-mappings?kind=people&heading=x"))).toMatchObject({ property: "kind" });
  expect(await get("/heading-mappings")).toHaveLength(1);
  for (const { id } of (await get<{ id: number; kind: string }[]>("/imports")).slice(0, 2)) {
    expect((await server.get(`/api/v1/imports/${id}/undo`, { method: "POST" })).status).toBe(200);
  }
});

describe.each([
  ["/roster-changes?from=2022&to=2023&by=unit", "名册变动-2022-2023.csv"],
  ["/quality?by=district,unit", "数据质量.csv"],
  ["/quality?year=2023", "数据质量-2023.csv"],
])("%s", (path, name) => {
  test("says the same as JSON, CSV and Arrow", async () => {
    const rows = await get(path);
    expect(rows.length).toBeGreaterThan(0);
    const csv = await server.get(`/api/v1${path}&format=csv`);
    expect(decodeURIComponent(csv.headers.get("content-disposition") ?? "")).toContain(name);
    const texts = rows.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, String(v ?? "")])));
    expect(parse(await csv.text(), { columns: true, bom: true })).toEqual(texts);
    const arrow = await server.get(`/api/v1${path}`, {
      headers: { accept: "application/vnd.apache.arrow.stream", authorization: `Bearer ${server.token}` },
    });
    const table = tableFromIPC(await arrow.arrayBuffer());
    expect(table.toArray().map((row) => row.toJSON())).toEqual(rows);
  });
});

test("the people behind a change, and the kinds in words", async () => {
  const [total] = await get("/roster-changes?from=2022&to=2023");
  expect(total).toMatchObject({ from: 2022, to: 2023, workersFrom: 5, workersTo: 4, left: 1, movedIn: 3, movedOut: 3 });
  const list = await get<{ total: number; rows: object[] }>(
    "/roster-changes/workers?from=2022&to=2023&kind=movedIn&unit=%E4%B9%99%E4%B8%AD%E5%AD%A6&limit=2&offset=1",
  );
  expect(list).toMatchObject({ total: 3, rows: [{ workerId: "A2", fromUnit: "甲中学" }, { workerId: "A3" }] });
  const kinds = await get<{ kind: string; zh: string }[]>("/roster-changes/kinds");
  expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(Object.keys(total ?? {}).slice(4)));
  for (const [path, property] of [
    ["/roster-changes?from=2022", "to"],
    ["/roster-changes?from=2022&to=2022", "from"],
    ["/roster-changes?from=2022&to=2023&by=level", "by"],
    ["/roster-changes/workers?from=2022&to=2023&kind=gone", "kind"],
  ] as const)
    expect(await problem(await server.get(`/api/v1${path}`))).toMatchObject({ status: 400, property });
});

test("findings in sentences, in pages or whole, and how many of each code", async () => {
  const all = await get<{ total: number; rows: Record<string, unknown>[] }>("/quality/findings");
  expect(all.total).toBe(all.rows.length);
  const wrong = await get<typeof all>("/quality/findings?code=certificate-before-work&year=2023");
  expect(wrong).toMatchObject({
    total: 1,
    rows: [
      {
        ...{ workerId: "B1", severity: "error", file: "名册.csv", sourceRow: 10 },
        ...{ zh: "技师证书时间 1999-12 早于参加工作时间 2000-07-01" },
      },
    ],
  });
  const csv = await server.get("/api/v1/quality/findings?limit=1&format=csv");
  expect(parse(await csv.text(), { columns: true, bom: true })).toHaveLength(all.total);
  const arrow = await server.get("/api/v1/quality/findings?format=arrow");
  expect(tableFromIPC(await arrow.arrayBuffer()).numRows).toBe(all.total);
  const codes = await get<{ code: string; findings: number }[]>("/quality/codes");
  expect(codes.reduce((sum, { findings }) => sum + findings, 0)).toBe(all.total);
  const [, newest] = await get("/quality");
  expect(newest).toMatchObject({ rosterYear: 2023, workers: 4, errorRows: 1 });
  for (const [path, property] of [
    ["/quality?year=1999", "year"],
    ["/quality?by=trade", "by"],
    ["/quality/findings?severity=info", "severity"],
    ["/quality/codes?by=unit", "by"],
  ] as const)
    expect(await problem(await server.get(`/api/v1${path}`))).toMatchObject({ status: 400, property });
});

test("every route is described in openapi.json", async () => {
  const { paths } = await get<{ paths: Record<string, object> }>("/openapi.json");
  const methods = (path: string) => Object.keys(paths[path] ?? {}).sort();
  expect(
    [
      "/imports",
      "/imports/{id}",
      "/imports/{id}/undo",
      "/units",
      "/unit-changes",
      "/unit-changes/{id}",
      "/unit-changes/suggestions",
      "/trade-aliases",
      "/trade-aliases/{alias}",
      "/trade-aliases/unmapped",
      "/trades",
      "/trades/{name}",
      "/heading-mappings",
      "/roster-changes",
      "/roster-changes/workers",
      "/roster-changes/kinds",
      "/quality",
      "/quality/codes",
      "/quality/findings",
    ].map(methods),
  ).toEqual([
    ["get", "post"],
    ["get"],
    ["post"],
    ["get"],
    ["get", "put"],
    ["delete"],
    ["get"],
    ["get"],
    ["delete", "put"],
    ["get"],
    ["get", "put"],
    ["delete", "put"],
    ["delete", "get"],
    ...Array.from({ length: 6 }, () => ["get"]),
  ]);
});
