import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { problem, startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ uploadLimitBytes: 200_000 });
});
afterAll(() => server.close());

const heading = "年度,人员编号,姓名,性别,出生日期,地区,单位名称,在岗,工种,现技术等级,取得现等级时间,参加工作时间";
const worker = (id: string, trade = "电工") =>
  `2023,${id},张三,男,1980-05-01,通州区,通州测试中学,是,${trade},技师,2015-12-01,2000-07-01`;
const roster = (...rows: string[]) => [heading, ...rows, ""].join("\r\n");

function upload(content: BlobPart, fields: Record<string, string> = { kind: "workers" }, name = "人员名册.csv") {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.set(key, value);
  form.set("file", new Blob([content]), name);
  return server.get("/api/v1/imports", { method: "POST", body: form });
}
const uploads = () => readdir(join(server.store.dataDir, "incoming"));

test("a dry run changes nothing, a run publishes, the same again changes nothing", async () => {
  const file = roster(worker("A1"), worker("A2"), worker("A3", "没有这个工种"));
  const dry = (await (await upload(file, { kind: "workers", dryRun: "true" })).json()) as Record<string, unknown>;
  expect(dry).toMatchObject({ file: "人员名册.csv", kind: "workers", rowsRead: 3, version: 0 });
  const first = await upload(file);
  expect(first.status).toBe(200);
  const report = (await first.json()) as Record<string, unknown>;
  expect(report).toMatchObject({ rowsLoaded: 3, rowsRejected: 0, version: 1, unmapped: { trades: ["没有这个工种"] } });
  expect(first.headers.get("x-data-version")).toBe("1");
  const again = (await (await upload(file)).json()) as Record<string, unknown>;
  expect(again).toMatchObject({ rowsLoaded: 0, rowsUnchanged: 3, version: 1 });

  const rows = (await (
    await server.get("/api/v1/eligibility?year=2024&level=seniorTechnician&by=unit,trade")
  ).json()) as object[];
  expect(rows).toMatchObject([
    { unit: "通州测试中学", trade: "电工", examYear: 2024, workers: 2 },
    { unit: "通州测试中学", trade: null, examYear: 2024, workers: 1 },
  ]);
  const list = (await (await server.get("/api/v1/imports")).json()) as { file: string; report: object }[];
  const entry = { id: 1, kind: "workers", file: "人员名册.csv", who: "test", version: 1, undoable: true };
  expect(list).toMatchObject([{ ...entry, report: { rowsLoaded: 3 } }]);
  expect(await (await server.get("/api/v1/imports/1")).json()).toMatchObject(entry);
  expect(await uploads()).toEqual([]);
});

test("the newest import is undone once, and the tables follow", async () => {
  const undo = (id: number | string) => server.get(`/api/v1/imports/${id}/undo`, { method: "POST" });
  await upload(roster(worker("A1", "烹饪"), worker("A9")));
  const workers = async () => {
    const table = await server.get("/api/v1/eligibility?year=2024&level=seniorTechnician&by=trade");
    return ((await table.json()) as { trade: string; workers: number }[]).map((row) => [row.trade, row.workers]);
  };
  expect(await workers()).toEqual([
    ["烹饪", 1],
    ["电工", 2],
    [null, 1],
  ]);
  expect(await problem(await undo(1))).toMatchObject({ status: 409, reason: "not-newest", newest: 2 });
  const done = await undo(2);
  expect(done.headers.get("x-data-version")).toBe("3");
  expect(await done.json()).toMatchObject({ importId: 3, undoes: 2, rowsRemoved: 1, rowsRestored: 1, years: [2023] });
  expect(await workers()).toEqual([
    ["电工", 2],
    [null, 1],
  ]);
  expect(await problem(await undo(2))).toMatchObject({ status: 409, reason: "undone" });
  expect(await problem(await undo(99))).toMatchObject({ status: 404, property: "id" });
  expect(await problem(await undo("x"))).toMatchObject({ status: 404, property: "id" });
  expect(await problem(await server.get("/api/v1/imports/99"))).toMatchObject({ status: 404 });
  const entries = (await (await server.get("/api/v1/imports")).json()) as object[];
  expect(entries).toMatchObject([{ action: "undo", undoes: 2, who: "test" }, { undoneBy: 3 }, { undoable: true }]);
});

test("an upload broken off leaves nothing behind and is no fault of the server", async () => {
  const { host, hostname, port } = new URL(server.origin);
  const socket = connect(Number(port), hostname);
  const part = 'content-disposition: form-data; name="file"; filename="a.csv"';
  socket.write(
    `POST /api/v1/imports HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${server.token}\r\ncontent-length: 100000\r\n` +
      `content-type: multipart/form-data; boundary=b\r\n\r\n--b\r\n${part}\r\n\r\n${heading}\r\n`,
  );
  await expect.poll(uploads).toHaveLength(1);
  socket.destroy();
  await expect.poll(uploads).toEqual([]);
  expect(server.logged).toEqual([]);
});

test.each([
  ["", { kind: "workers" }, "x.csv", 400, undefined],
  ["no roster at all", { kind: "workers" }, "x.csv", 400, undefined],
  ["PK\u0003\u0004 cut off", { kind: "workers" }, "x.xlsx", 400, undefined],
  [roster(worker("B1")), { kind: "people" }, "x.csv", 400, "kind"],
  [roster(worker("B1")), {}, "x.csv", 400, "kind"],
  [roster(worker("B1")), { kind: "workers", dryRun: "maybe" }, "x.csv", 400, "dryRun"],
  [roster(worker("B1")), { kind: "workers", yeer: "2023" }, "x.csv", 400, "yeer"],
  [roster(worker("B1")) + "x".repeat(200_000), { kind: "workers" }, "x.csv", 413, undefined],
])("bad upload %#: a problem, nothing loaded, nothing left behind", async (content, fields, name, status, property) => {
  const before = (await (await server.get("/api/v1/meta")).json()) as { dataVersion: number };
  const body = await problem(await upload(content, fields as Record<string, string>, name));
  expect(body.status).toBe(status);
  if (property) expect(body.property).toBe(property);
  const after = (await (await server.get("/api/v1/meta")).json()) as { dataVersion: number };
  expect(after.dataVersion).toBe(before.dataVersion);
  expect(await uploads()).toEqual([]);
});

test("a form without a file, with another file, or none at all", async () => {
  const form = new FormData();
  form.set("kind", "workers");
  const post = (body: FormData | string, headers: Record<string, string> = {}) =>
    server.get("/api/v1/imports", { method: "POST", body, headers });
  expect(await problem(await post(form))).toMatchObject({ status: 400, property: "file" });
  form.set("other", new Blob(["x"]), "x.csv");
  expect(await problem(await post(form))).toMatchObject({ status: 400, property: "other" });
  expect(await problem(await post("{}", { "content-type": "application/json" }))).toMatchObject({ status: 400 });
  expect(await problem(await post("--x", { "content-type": "multipart/form-data; boundary=x" }))).toMatchObject({
    status: 400,
  });
});

test.each(["workers", "applications"])("the template for %s is a workbook", async (kind) => {
  const response = await server.get(`/api/v1/templates/${kind}.xlsx`);
  expect(decodeURIComponent(response.headers.get("content-disposition") ?? "")).toContain("名册模板.xlsx");
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await response.arrayBuffer());
  expect(workbook.worksheets.length).toBeGreaterThan(0);
  expect((await server.get("/api/v1/templates/nothing.xlsx")).status).toBe(404);
});
