import { readdir, readFile } from "node:fs/promises";
import { AppError } from "../errors.ts";
import { ofProduct } from "../root.ts";
import type { Store } from "./open.ts";

export const migrationsFolder = ofProduct("server/store/migrations/");

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly file: URL;
}

async function listMigrations(folder: URL): Promise<Migration[]> {
  const found = (await readdir(folder)).flatMap((name) => {
    const match = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(name);
    return match ? [{ number: Number(match[1]), name: name.slice(0, -4), file: new URL(name, folder) }] : [];
  });
  found.sort((a, b) => a.number - b.number);
  const wrong = found.findIndex((migration, index) => migration.number !== index + 1);
  if (wrong >= 0) throw new Error(`migrations must be numbered 1, 2, 3 …: ${found[wrong]?.name}`);
  return found;
}

/**
 * Brings the database to the program's schema: every file of the folder that was not applied yet, each in a transaction of its own.
 * @returns the names applied now
 * @throws AppError `conflict` when the database was written by a newer program.
 */
export async function migrate(store: Pick<Store, "transaction">, folder: URL = migrationsFolder): Promise<string[]> {
  const migrations = await listMigrations(folder);
  const newest = await store.transaction(async (c) => {
    await c.run(
      `CREATE TABLE IF NOT EXISTS migrations (number INTEGER NOT NULL, name VARCHAR NOT NULL, "appliedAt" TIMESTAMP NOT NULL)`,
    );
    const [row] = await c.rows<{ newest: number }>("SELECT coalesce(max(number), 0) AS newest FROM migrations");
    return row?.newest ?? 0;
  });
  if (newest > migrations.length) {
    throw new AppError(
      "conflict",
      {
        zh: `数据库由更新版本的程序写成（结构版本 ${newest}，本程序为 ${migrations.length}），请升级程序`,
        en: `the database was written by a newer program (schema ${newest}, this program knows ${migrations.length}): upgrade the program`,
      },
      { schema: newest, known: migrations.length },
    );
  }
  const applied: string[] = [];
  for (const { number, name, file } of migrations.slice(newest)) {
    const sql = await readFile(file, "utf8");
    await store.transaction(async (c) => {
      await c.run(sql);
      await c.run(`INSERT INTO migrations VALUES ($number, $name, now()::TIMESTAMP)`, { number, name });
    });
    applied.push(name);
  }
  return applied;
}
