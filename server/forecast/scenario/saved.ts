/** Scenarios that are kept: named, with a version, deleted only softly. They never touch the base. */
import { randomInt } from "node:crypto";
import { AppError } from "../../errors.ts";
import type { Connection, Store } from "../../store/index.ts";
import { type Change, changesSchema } from "./changes.ts";

export interface Scenario {
  /** Short, for links. */
  readonly id: string;
  readonly name: string;
  readonly note: string | null;
  readonly changes: readonly Change[];
  readonly version: number;
  /** ISO instants, UTC. */
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly updatedBy: string;
}

export interface ScenarioText {
  readonly name: string;
  readonly note?: string | null | undefined;
  readonly changes: readonly Change[];
}

export interface Writer {
  readonly who: string;
  readonly now?: Date | undefined;
}

type Stored = Omit<Scenario, "changes"> & { readonly changes: string; readonly deletedAt: string | null };

const columns = `id, name, note, changes::VARCHAR AS changes, version, "createdAt", "createdBy", "updatedAt", "updatedBy", "deletedAt"`;
// No letters that read like digits.
const alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
const newId = () => Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join("");
const stamp = (now = new Date()) => now.toISOString().replace("T", " ").replace("Z", "");

function read({ deletedAt: _, changes, ...rest }: Stored): Scenario {
  return { ...rest, changes: changesSchema.parse(JSON.parse(changes)) };
}

const gone = (id: string, deleted: boolean) =>
  new AppError(
    "not-found",
    deleted
      ? { zh: `推演方案 ${id} 已删除，可以恢复`, en: `scenario ${id} is deleted; it can be restored` }
      : { zh: `没有推演方案 ${id}`, en: `there is no scenario ${id}` },
    { property: "scenario", value: id, deleted },
  );

async function find(c: Connection, id: string): Promise<Stored> {
  const [row] = await c.rows<Stored>(`SELECT ${columns} FROM scenarios WHERE id = $id`, { id });
  if (!row) throw gone(id, false);
  return row;
}

/** The one changed last first. */
export async function listScenarios(c: Connection): Promise<Scenario[]> {
  const rows = await c.rows<Stored>(
    `SELECT ${columns} FROM scenarios WHERE "deletedAt" IS NULL ORDER BY "updatedAt" DESC, id`,
  );
  return rows.map(read);
}

/** Throws not-found, and says so where it was deleted. */
export async function scenarioOf(c: Connection, id: string): Promise<Scenario> {
  const row = await find(c, id);
  if (row.deletedAt !== null) throw gone(id, true);
  return read(row);
}

export const createScenario = (store: Store, text: ScenarioText, { who, now }: Writer): Promise<Scenario> =>
  store.transaction(async (c) => {
    const id = newId();
    await c.run(
      `INSERT INTO scenarios VALUES ($id, $name, $note, $changes, 1, $at::TIMESTAMP, $who, $at::TIMESTAMP, $who, NULL, NULL)`,
      { id, name: text.name, note: text.note ?? null, changes: JSON.stringify(text.changes), at: stamp(now), who },
    );
    return scenarioOf(c, id);
  });

/** Throws conflict, with the newer one as `current`, when somebody saved it since `version`. */
export const replaceScenario = (
  store: Store,
  id: string,
  { version, ...text }: ScenarioText & { readonly version: number },
  { who, now }: Writer,
): Promise<Scenario> =>
  store.transaction(async (c) => {
    const current = await scenarioOf(c, id);
    if (current.version !== version)
      throw new AppError(
        "conflict",
        {
          zh: `方案“${current.name}”已由${current.updatedBy}另行保存（第${current.version}版），请先比较再保存`,
          en: `"${current.name}" was saved by ${current.updatedBy} meanwhile (version ${current.version}): compare before saving`,
        },
        { reason: "stale", current },
      );
    await c.run(
      `UPDATE scenarios SET name = $name, note = $note, changes = $changes, version = version + 1, "updatedAt" = $at::TIMESTAMP, "updatedBy" = $who
       WHERE id = $id`,
      { id, name: text.name, note: text.note ?? null, changes: JSON.stringify(text.changes), at: stamp(now), who },
    );
    return scenarioOf(c, id);
  });

export const deleteScenario = (store: Store, id: string, { who, now }: Writer): Promise<void> =>
  store.transaction(async (c) => {
    await scenarioOf(c, id);
    await c.run(`UPDATE scenarios SET "deletedAt" = $at::TIMESTAMP, "deletedBy" = $who WHERE id = $id`, {
      id,
      at: stamp(now),
      who,
    });
  });

/** Of one that is not deleted: nothing happens. */
export const restoreScenario = (store: Store, id: string): Promise<Scenario> =>
  store.transaction(async (c) => {
    await find(c, id);
    await c.run(`UPDATE scenarios SET "deletedAt" = NULL, "deletedBy" = NULL WHERE id = $id`, { id });
    return scenarioOf(c, id);
  });
