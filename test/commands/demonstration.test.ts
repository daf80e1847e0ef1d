import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dropUnfinished } from "../../server/commands/demonstration.ts";
import { openStore } from "../../server/store/index.ts";

test("a demonstration broken off leaves neither database nor generated files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "gongkao-unfinished-"));
  try {
    await (await openStore(folder)).close();
    await mkdir(join(folder, "demo-abc123"));
    await writeFile(join(folder, "demo-abc123", "workers-2016.csv"), "年度");
    await writeFile(join(folder, "kept.txt"), "");
    let told = 0;
    await dropUnfinished(folder, () => told++);
    expect(told).toBe(0);
    expect(await readdir(folder)).toContain("demo-abc123");
    await writeFile(join(folder, "demonstration-unfinished"), "");
    await dropUnfinished(folder, () => told++);
    expect(told).toBe(1);
    expect(await readdir(folder)).toEqual(["kept.txt"]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
