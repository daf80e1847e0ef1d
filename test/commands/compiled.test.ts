import { execFile } from "node:child_process";
import { appendFile, cp, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const product = fileURLToPath(new URL("../../", import.meta.url));
let checkout: string;

/** A checkout in which nothing was built yet. */
beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), "gongkao-checkout-"));
  for (const name of ["server", "data/rulebooks", "data/reference", "package.json", "package-lock.json"])
    await cp(join(product, name), join(checkout, name), { recursive: true });
  await symlink(join(product, "node_modules"), join(checkout, "node_modules"), "dir");
});
afterAll(() => rm(checkout, { recursive: true, force: true }));

const gongkao = async (...args: string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, [join(checkout, "server/gongkao.cjs"), ...args])).stdout;
const builds = () => readdir(join(checkout, "dist/server"));

test("compiled once by whoever comes first, anew after a change, and not at all where nothing can be written", async () => {
  const [one, other] = await Promise.all([gongkao("rulebooks"), gongkao("rulebooks")]);
  expect(one).toContain("fujian-2020\t");
  expect(other).toBe(one);
  const first = await builds();
  expect(first).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]);
  expect(await gongkao("rulebooks")).toBe(one);
  expect(await builds()).toEqual(first);

  const command = join(checkout, "server/commands/rulebooks.ts");
  await appendFile(command, '\nprocess.stdout.write("changed\\n");\n');
  expect(await gongkao("rulebooks")).toBe(`changed\n${one}`);
  expect(await builds()).toEqual(expect.arrayContaining(first));
  expect(await builds()).toHaveLength(2);

  await rm(join(checkout, "dist"), { recursive: true });
  await writeFile(join(checkout, "dist"), "");
  expect(await gongkao("rulebooks")).toBe(`changed\n${one}`);
});
