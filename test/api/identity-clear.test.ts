import ExcelJS from "exceljs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { problem, startServer, type TestServer } from "./server.ts";

const number = "99999919850706001";
const clear = new RegExp(`${number}|999999-19850706-001`);

let server: TestServer;
beforeAll(async () => {
  server = await startServer({});
});
afterAll(() => server.close());

/** Identity numbers stand wherever a clerk can put them. */
async function workbook(): Promise<Blob> {
  const book = new ExcelJS.Workbook();
  book
    .addWorksheet(`张三${number}6`)
    .addRows([
      [`张三（${number}6）等人名册`],
      ["年度", "人员编号", "地区", "单位名称", "姓名", "工种", `备注${number}6`, "说明 999999-19850706-0016"],
      [2022, "A1", "江都区", `甲${number}7`, "张三", `工种 ${number}7`, "x", "y"],
      [2022, "A2", "江都区", "甲", "李四 999999-19850706-0017", "汽车驾驶员", `${number}6`, "y"],
      [2022, "A3", "江都区", "甲", "王五 999999-19850706-0016", "汽车驾驶员", "", ""],
    ]);
  return new Blob([new Uint8Array(await book.xlsx.writeBuffer())]);
}

async function send(path: string, fields: Record<string, string>, file?: Blob): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  if (file) form.set("file", file, `张三${number}6.xlsx`);
  return server.get(`/api/v1${path}`, { method: "POST", body: form });
}

test("identity numbers outside their column are masked in answers and in the database", async () => {
  const sent = await send("/uploads", {}, await workbook());
  expect(sent.status).toBe(201);
  const about = (await sent.json()) as { upload: string; fileName: string };
  expect(about.fileName).toBe("张三999999********0016.xlsx");
  const { upload } = about;

  const shown = await (await send("/imports/preview", { upload, kind: "workers" })).text();
  expect(shown).not.toMatch(clear);
  const preview = JSON.parse(shown) as { sheet: string; titles: string[]; columns: { heading: string }[] };
  expect(preview.sheet).toBe("张三999999********0016");
  expect(preview.titles).toEqual(["张三（999999********0016）等人名册"]);

  // By the name as shown and by the real one.
  for (const sheet of [preview.sheet, `张三${number}6`]) {
    const checked = await send("/imports", { upload, kind: "workers", sheet, dryRun: "true" });
    expect(checked.status).toBe(200);
  }
  // A masked heading is matched as it is shown.
  const mapping = JSON.stringify({ [preview.columns[6]?.heading ?? ""]: "" });
  const answer = await send("/imports", { upload, kind: "workers", mapping });
  const report = await answer.text();
  expect(answer.status, report).toBe(200);
  expect(report).not.toMatch(clear);
  expect(JSON.parse(report)).toMatchObject({
    rowsRead: 3,
    rowsLoaded: 2,
    file: "张三999999********0016.xlsx",
    unmapped: { columns: ["说明 999999********0016"] },
  });

  const kept = await server.store.read(async (c) => {
    const tables = await c.rows(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE'",
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await c.rows(`SELECT CAST(t AS VARCHAR) AS text FROM "${String(name)}" t`);
      for (const { text } of rows) if (clear.test(String(text))) found.push(`${String(name)}: ${String(text)}`);
    }
    return found;
  });
  expect(kept).toEqual([]);
});

test("a sheet that is not there is named without its number", async () => {
  const answer = await send("/imports", { kind: "workers", sheet: `李四${number}6` }, await workbook());
  expect(answer.status).toBe(400);
  expect(await answer.text()).not.toMatch(clear);
});

test.each(["/uploads", "/imports", "/imports/preview"])("%s: a form that cannot be read is bad input", async (path) => {
  const before = '--x\r\nContent-Disposition: form-data; name="file"; filename="';
  for (const body of [
    `${before}a\0b.xlsx"\r\n\r\nx\r\n--x--\r\n`,
    `${before}a.xlsx"\r\nContent-Type\0: x\r\n\r\nx\r\n--x--\r\n`,
    `${before}a.xlsx"\r\n\r\nx`,
    "--x",
  ]) {
    const answer = await server.get(`/api/v1${path}`, {
      method: "POST",
      headers: { "content-type": "multipart/form-data; boundary=x" },
      body,
    });
    expect((await problem(answer)).status, JSON.stringify(body)).toBe(400);
  }
});
