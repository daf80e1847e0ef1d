import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import ExcelJS from "exceljs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { heading, rosterRows } from "../bench/roster-file.ts";
import { marksIn, openWorkbook, partsOf } from "../rosters/marked-ground.ts";
import { problem, startServer, type TestServer } from "./server.ts";

let server: TestServer;
let folder = "";
beforeAll(async () => {
  server = await startServer({ uploadLimitBytes: 40_000_000 });
  folder = await mkdtemp(join(tmpdir(), "gongkao-marked-"));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const rows = [
  ["年度", "人员编号", "姓名", "地区", "单位名称", "出生日期", "身份证号"],
  [2023, "W1", "王一", "江都区", "甲中学/东", "1985.13", "320602198507011234"],
  [2023, "W2", "王二", "火星", "甲中学:东", "1985-07-01"],
  [2023, "W3", "王三", "江都区", undefined, "1985-07-01"],
  [2023, "W4", "王四", "江都区", "=cmd()", "1985.13"],
  [2023, "W5", "王五", "江都区", "好中学", "1985-07-01"],
];

async function send(content: Uint8Array | string, name: string): Promise<string> {
  const form = new FormData();
  form.set("file", new Blob([Buffer.from(content)]), name);
  const answer = await server.get("/api/v1/uploads", { method: "POST", body: form });
  return ((await answer.json()) as { upload: string }).upload;
}

async function start(upload: string): Promise<string> {
  const answer = await server.get("/api/v1/import-jobs", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ upload, kind: "workers", dryRun: true }),
  });
  return ((await answer.json()) as { id: string }).id;
}

async function ended(id: string): Promise<string> {
  for (;;) {
    const { state, endedAt } = (await (await server.get(`/api/v1/import-jobs/${id}`)).json()) as Record<string, string>;
    if (endedAt) return state ?? "";
    await delay(10);
  }
}

async function saved(path: string): Promise<{ file: string; disposition: string; type: string }> {
  const answer = await server.get(`/api/v1${path}`);
  expect(answer.status).toBe(200);
  const file = join(folder, `download-${Math.random()}`);
  await writeFile(file, Buffer.from(await answer.arrayBuffer()));
  const { headers } = answer;
  return { file, disposition: headers.get("content-disposition") ?? "", type: headers.get("content-type") ?? "" };
}

test("a checked file is given back marked, and in lists for the units", async () => {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet("名册").addRows(rows);
  const upload = await send(new Uint8Array(await workbook.xlsx.writeBuffer()), "全市 名册.xlsx");
  const id = await start(upload);
  expect(await ended(id)).toBe("done");

  const marked = await saved(`/import-jobs/${id}/marked.xlsx`);
  expect(marked.type).toContain("spreadsheetml.sheet");
  expect(marked.disposition).toContain(`filename*=UTF-8''${encodeURIComponent("全市 名册-问题标记.xlsx")}`);
  const marks = marksIn(await openWorkbook(marked.file), "名册");
  expect([...marks.keys()]).toEqual(expect.arrayContaining(["A2", "F2", "D3", "E4", "F5"]));

  const units = await saved(`/import-jobs/${id}/units.zip`);
  expect(units.type).toContain("application/zip");
  expect(units.disposition).toContain(encodeURIComponent("全市 名册-各单位更正清单.zip"));
  const files = await partsOf(units.file);
  expect([...files.keys()]).toEqual([
    "汇总.xlsx",
    "=cmd().xlsx",
    expect.stringMatching(/^甲中学 东\.xlsx$/),
    "甲中学 东（2）.xlsx",
    "未写明单位.xlsx",
  ]);
  const texts = async (name: string) => {
    const list = new ExcelJS.Workbook();
    await list.xlsx.load(new Uint8Array(files.get(name)?.bytes ?? []).buffer as ArrayBuffer);
    const found: string[] = [];
    for (const sheet of list.worksheets) sheet.eachRow((row) => row.eachCell((cell) => found.push(cell.text)));
    return found;
  };
  const first =
    [await texts("甲中学 东.xlsx"), await texts("甲中学 东（2）.xlsx")].find((list) => list.includes("W1")) ?? [];
  expect(first).toEqual(expect.arrayContaining(["更正内容", "王一", "名册 F2", "1985.13"]));
  expect(first.join(" ")).toContain("单位负责人（盖章）");
  expect(first).not.toContain("W2");
  expect(await texts("未写明单位.xlsx")).toEqual(expect.arrayContaining(["W3"]));
  expect(await texts("=cmd().xlsx")).toContain("单位：=cmd()");
  const summary = await texts("汇总.xlsx");
  expect(summary).toEqual(expect.arrayContaining(["甲中学/东", "未写明单位", "日期有误", "date-invalid"]));
  for (const name of files.keys()) expect((await texts(name)).join(" ")).not.toContain("320602198507011234");

  await server.get(`/api/v1/uploads/${upload}`, { method: "DELETE" });
  const late = await problem(await server.get(`/api/v1/import-jobs/${id}/marked.xlsx`));
  expect(late).toMatchObject({ status: 404, message: { zh: expect.stringContaining("请重新选择文件") } });
});

test("a job that has not ended or did not complete has nothing to download", async () => {
  const lines = [heading.join(","), ...[...rosterRows(20_000)].map((row) => row.join(","))].join("\n");
  const id = await start(await send(lines, "大名册.csv"));
  const early = await server.get(`/api/v1/import-jobs/${id}/marked.xlsx`);
  expect(early.status).toBe(409);
  expect(JSON.stringify(await early.json())).toContain("还没有结束");
  expect(await ended(id)).toBe("done");
  const failed = await start(await send("没有表头", "坏.csv"));
  expect(await ended(failed)).toBe("failed");
  expect((await server.get(`/api/v1/import-jobs/${failed}/units.zip`)).status).toBe(409);
  expect((await server.get("/api/v1/import-jobs/nothing/marked.xlsx")).status).toBe(404);
  const kept = await readdir(join(server.store.dataDir, "problems"));
  expect(kept).not.toContain(`${failed}.ndjson`);
});

test("a text table comes back as a workbook", async () => {
  const text = rows.map((row) => row.map((cell) => cell ?? "").join(",")).join("\n");
  const id = await start(await send(text, "名册.csv"));
  await ended(id);
  const { file } = await saved(`/import-jobs/${id}/marked.xlsx`);
  const workbook = await openWorkbook(file);
  expect(workbook.worksheets.map(({ name }) => name)).toEqual(["问题清单", "问题汇总", "名册"]);
  expect(workbook.getWorksheet("名册")?.getCell("E5").value).toBe("=cmd()");
});
