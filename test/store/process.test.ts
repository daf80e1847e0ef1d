import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { dataVersion, openStore, publish } from "../../server/store/index.ts";
import { temporaryFolder } from "./store.ts";

const script = fileURLToPath(new URL("./child.ts", import.meta.url));

/** Starts another process on the folder and resolves with its first line. */
async function child(role: string, folder: string): Promise<{ line: string; process: ChildProcess }> {
  const process = spawn(globalThis.process.execPath, ["--import", "tsx", script, role, folder], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => void process.kill("SIGKILL"));
  const [data] = await once(process.stdout, "data");
  return { line: String(data).trim(), process };
}

test("a second process gets a clear sentence, and the file once the first has gone", async () => {
  const folder = await temporaryFolder();
  const store = await openStore(folder);
  expect(JSON.parse((await child("open", folder)).line)).toMatchObject({
    code: "conflict",
    status: 409,
    zh: expect.stringContaining("另一个进程（可能是正在运行的服务）占用了数据库"),
    en: expect.stringContaining("in use by another process (a running server?)"),
  });
  await store.close();
  expect((await child("open", folder)).line).toBe("open");
});

test("the same process may open a folder twice and both see the same data", async () => {
  const folder = await temporaryFolder();
  const first = await openStore(folder);
  const second = await openStore(folder);
  await first.transaction((c) => publish(c, "first"));
  expect((await second.read(dataVersion)).version).toBe(1);
  await first.close();
  expect((await second.read(dataVersion)).version).toBe(1);
  await second.close();
});

test("a kill in the middle of a transaction keeps the last publication and nothing of the next", async () => {
  const folder = await temporaryFolder();
  const { line, process } = await child("die", folder);
  expect(line).toBe("inside");
  process.kill("SIGKILL");
  await once(process, "exit");
  const store = await openStore(folder);
  onTestFinished(() => store.close());
  expect((await store.read(dataVersion)).version).toBe(1);
  expect(await store.read((c) => c.rows("SELECT name FROM trades"))).toEqual([]);
});
