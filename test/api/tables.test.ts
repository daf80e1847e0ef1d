import { tableFromIPC } from "apache-arrow";
import { parse } from "csv-parse/sync";
import ExcelJS from "exceljs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toCsv } from "../../server/api/csv.ts";
import { scatter } from "../tables/ground.ts";
import { problem, startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ fill: (c) => scatter(c, 400) });
});
afterAll(() => server.close());

type Rows = Record<string, unknown>[];
const json = async (path: string) => {
  const response = await server.get(`/api/v1${path}`);
  expect(response.status, path).toBe(200);
  expect(response.headers.get("x-data-version")).toBe("1");
  expect(response.headers.get("cache-control")).toBe("no-store");
  return (await response.json()) as Rows;
};

test.each([
  "/eligibility?year=2024&by=district,trade,unit,level",
  "/eligibility?year=2024",
  "/eligibility?year=2024&level=senior&district=320600&by=trade",
  "/quota?year=2024&by=unit,trade",
  "/quota?year=2024&by=district",
  "/quota?year=2024&district=350000&trade=%E7%94%B5%E5%B7%A5&by=unit",
])("%s: JSON = CSV = Arrow", async (path) => {
  const rows = await json(path);
  const csv = await server.get(`/api/v1${path}`, { headers: { accept: "text/csv" } });
  expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(csv.headers.get("content-disposition")).toMatch(/filename="[a-z]+-2024\.csv"; filename\*=UTF-8''%E/);
  const bytes = new Uint8Array(await csv.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const text = (value: unknown) => (value === null ? "" : String(value));
  const fromCsv: Rows = parse(Buffer.from(bytes), { columns: true, bom: true });
  expect(fromCsv).toEqual(rows.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, text(v)]))));

  const arrow = await server.get(`/api/v1${path}`, { headers: { accept: "application/vnd.apache.arrow.stream" } });
  expect(arrow.headers.get("content-type")).toBe("application/vnd.apache.arrow.stream");
  const table = tableFromIPC(new Uint8Array(await arrow.arrayBuffer()));
  expect(table.toArray().map((row) => row.toJSON())).toEqual(rows);
});

test("`format` asks like the option of the command, and goes before the Accept header", async () => {
  const path = "/api/v1/quota?year=2024&by=district";
  for (const [format, type] of [
    ["json", "application/json"],
    ["csv", "text/csv"],
    ["arrow", "application/vnd.apache.arrow.stream"],
  ]) {
    const response = await server.get(`${path}&format=${format}`, { headers: { accept: "text/html" } });
    expect(response.headers.get("content-type")).toContain(type);
    await response.arrayBuffer();
  }
  const csv = await server.get(`${path}&format=csv`, { headers: { accept: "application/json" } });
  expect(await csv.text()).toContain("district,districtName,examYear");
  expect(await problem(await server.get(`${path}&format=xml`))).toMatchObject({
    status: 400,
    allowed: ["json", "csv", "arrow"],
  });
});

test.each([
  ["/eligibility", "四位数年份"],
  ["/eligibility?year=2024.5", "四位数年份"],
  ["/eligibility?year=2024&by=a&by=b", "以逗号分隔"],
  ["/workers?year=2024&limit=5000", "整数 1…1000"],
  ["/workers?year=2024&offset=-1", "整数 0…"],
])("%s: what is expected stands in both languages", async (path, chinese) => {
  const { status, message, detail } = await problem(await server.get(`/api/v1${path}`));
  expect(status).toBe(400);
  const { zh } = message as { zh: string };
  expect(zh).toContain(chinese);
  expect(zh).not.toMatch(/expected|whole|digit|Invalid|\bpattern\b/);
  expect(detail).not.toMatch(/Invalid|pattern/);
});

test("an empty table keeps its columns in CSV and Arrow", async () => {
  const path = "/api/v1/quota?year=2024&district=310000&by=unit".replace("310000", "350200");
  const csv = await (await server.get(path, { headers: { accept: "text/csv" } })).text();
  expect(csv.trim()).toContain("unit,unitName,examYear,technicians");
  const arrow = await server.get(path, { headers: { accept: "application/vnd.apache.arrow.stream" } });
  const table = tableFromIPC(new Uint8Array(await arrow.arrayBuffer()));
  expect(table.numRows).toBe(0);
  expect(table.schema.fields.map(({ name }) => name)).toContain("quota");
});

test("formulas of strangers do not run in a spreadsheet", () => {
  expect(toCsv(["unit"], [{ unit: '=HYPERLINK("x")' }, { unit: -1 }])).toBe(
    '\uFEFFunit\r\n"\'=HYPERLINK(""x"")"\r\n-1\r\n',
  );
});

test.each([
  ["/eligibility?year=2024&level=Senior", "level", "seniorTechnician"],
  ["/eligibility?year=2024&by=city", "by", "district"],
  ["/eligibility?year=2024&by=unit,unit", "by", "unit"],
  ["/eligibility?year=2024&dristrict=320600", "dristrict", "district"],
  ["/eligibility?year=2024&district=32", "district", "320600"],
  ["/eligibility?year=2024&trade=x", "trade", "电工"],
  ["/eligibility?year=2030", "year", 2024],
  ["/eligibility?year=20", "year", 2024],
  ["/eligibility?year=2024&year=2023", "year", 2024],
  ["/eligibility", "year", 2024],
  ["/quota?year=2024&level=senior", "level", "seniorTechnician"],
  ["/workers?year=2024&measure=all", "measure", "planningEligible"],
  ["/workers?year=2024&measure=used&level=senior", "level", "seniorTechnician"],
  ["/reports/quota-use.xlsx?year=2030", "year", 2024],
])("%s: 400 that names %s and what is allowed", async (path, property, allowed) => {
  const response = await server.get(`/api/v1${path}`);
  expect(response.status).toBe(400);
  const body = await problem(response);
  expect(body.property).toBe(property);
  expect(body.allowed).toContain(allowed);
  expect(body.detail).toContain(property);
});

test.each(["limit=0", "limit=1001", "limit=x", "offset=-1", "limit=1.5", `q=${"x".repeat(101)}`])(
  "/workers?%s: 400",
  async (parameter) => {
    const body = await problem(await server.get(`/api/v1/workers?year=2024&${parameter}`));
    expect(body).toMatchObject({ status: 400, property: parameter.split("=")[0] });
  },
);

test("text in a parameter stays text", async () => {
  for (const evil of ["x' OR 1=1 --", '"; DROP TABLE workers; --', "$scope", "%00"]) {
    const response = await server.get(`/api/v1/workers?year=2024&unit=${encodeURIComponent(evil)}`);
    expect(response.status).toBe(400);
    const list = await server.get(`/api/v1/workers?year=2024&q=${encodeURIComponent(evil)}`);
    expect(await list.json()).toEqual({ total: 0, rows: [] });
  }
});

test("the people behind a cell are as many as the cell says", async () => {
  const [cell] = await json("/eligibility?year=2024&level=senior&by=district&district=320411");
  const response = await server.get(
    "/api/v1/workers?year=2024&level=senior&district=320411&measure=eligible&limit=1000",
  );
  const list = (await response.json()) as { total: number; rows: Rows };
  expect(list.total).toBe(cell?.eligible);
  expect(list.rows).toHaveLength(list.total);
  expect(Object.keys(list.rows[0] ?? {})).toEqual([
    "rosterRow",
    "workerId",
    "name",
    "sex",
    "birthDate",
    "district",
    "districtName",
    "department",
    "unit",
    "unitName",
    "trade",
    "presentLevel",
    "levelObtainedOn",
    "workStartedOn",
    "education",
    "targetLevel",
    "decision",
    "planningDecision",
    "module",
    "rulebook",
    "examYear",
  ]);
});

test("a worker's record and decisions", async () => {
  const response = await server.get("/api/v1/workers/W7?year=2024");
  const record = (await response.json()) as Record<string, Record<string, unknown>>;
  expect(record.worker).toMatchObject({ workerId: "W7", name: "工7", rosterYear: 2023 });
  expect(record.facts).toMatchObject({ workerId: "W7", unit: record.worker?.unitName });
  expect(record.history).toMatchObject([{ rosterYear: 2023 }]);
  expect(JSON.stringify(record)).not.toContain("idHash");
  const evaluations = await json("/workers/W7/evaluations?year=2024");
  expect(evaluations.length).toBeGreaterThan(0);
  for (const one of evaluations) expect(one).toMatchObject({ workerId: "W7", examYear: 2024 });
  const missing = await server.get("/api/v1/workers/nobody");
  expect(await problem(missing)).toMatchObject({ status: 404 });
  expect((await server.get("/api/v1/workers/W7?year=2020")).status).toBe(404);
});

test("meta tells what there is", async () => {
  const meta = (await (await server.get("/api/v1/meta")).json()) as Record<string, unknown>;
  expect(meta).toMatchObject({
    dataVersion: 1,
    demo: false,
    rosterYears: [2023],
    examYears: [2024],
    newestExamYear: 2024,
  });
  const districts = meta.districts as { code: string; tier: string }[];
  expect(districts.map(({ code }) => code)).toEqual(expect.arrayContaining(["320000", "320600", "320612"]));
  expect(districts.map(({ code }) => code)).not.toContain("350200");
  expect(meta.rulebooks).toHaveLength(6);
  expect(meta.rulebooksInUse).toEqual(
    expect.arrayContaining([
      { rulebook: "jiangsu-2020", district: "320600", level: "senior", examYear: 2024, projected: true },
    ]),
  );
});

test("the fact catalogue", async () => {
  const facts = (await (await server.get("/api/v1/facts")).json()) as Rows;
  expect(facts.find(({ name }) => name === "sex")).toEqual({
    name: "sex",
    type: "enum",
    label: { zh: "性别", en: "sex" },
    values: [
      { code: "male", zh: "男", en: "male" },
      { code: "female", zh: "女", en: "female" },
    ],
  });
});

test("the report is a workbook with a Chinese name; an unknown one lists the names", async () => {
  const response = await server.get("/api/v1/reports/quota-use.xlsx?year=2024&district=320600");
  expect(response.headers.get("content-type")).toContain("spreadsheetml");
  expect(decodeURIComponent(response.headers.get("content-disposition") ?? "")).toContain(
    "高级技师申报指标使用情况表-2024.xlsx",
  );
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await response.arrayBuffer());
  expect(workbook.worksheets[0]?.getCell("A2").text).toBe("南通市2024年度高级技师申报指标使用情况表");
  const narrow = await server.get("/api/v1/reports/quota-use.xlsx?year=2024&district=320600&trade=%E7%94%B5%E5%B7%A5");
  const narrowed = new ExcelJS.Workbook();
  await narrowed.xlsx.load(await narrow.arrayBuffer());
  expect(narrowed.worksheets[0]?.getCell("A2").text).toContain("南通市·电工2024年度");
  const body = await problem(await server.get("/api/v1/reports/nothing.xlsx?year=2024"));
  expect(body).toMatchObject({ status: 404, allowed: ["quota-use"] });
});

test("openapi.json describes every route it serves", async () => {
  const document = (await (await server.get("/api/v1/openapi.json")).json()) as {
    openapi: string;
    paths: Record<string, Record<string, { parameters: { name: string; required: boolean }[] }>>;
  };
  expect(document.openapi).toBe("3.1.0");
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining([
      "/eligibility",
      "/quota",
      "/workers/{workerId}",
      "/evaluations",
      "/imports",
      "/rulebooks/{id}",
    ]),
  );
  const parameters = document.paths["/eligibility"]?.get?.parameters ?? [];
  expect(parameters.map(({ name }) => name)).toEqual(["year", "level", "district", "trade", "unit", "by", "format"]);
  expect(parameters.filter(({ required }) => required).map(({ name }) => name)).toEqual(["year"]);
});

test("a caller who goes away stops the query", async () => {
  const gone = new AbortController();
  const asked = server.get("/api/v1/eligibility?year=2024&by=unit,trade,level", { signal: gone.signal });
  gone.abort();
  await expect(asked).rejects.toThrow();
  expect((await server.get("/api/v1/eligibility?year=2024")).status).toBe(200);
});
