/** Units renamed or merged, as the office enters them. Rows keep their names; the tables read the canonical ones (units_of). */
import { type Scope, scopeParameter } from "../access/scope.ts";
import { AppError, badInput } from "../errors.ts";
import { type Connection, namedQuery, type Store } from "../store/index.ts";
import { notAmong, placeParameters } from "../tables/filters.ts";
import { type Edited, type Editor, edit } from "./edits.ts";
import { refreshFindings } from "./findings.ts";
import { type NamedUnit, unitNames } from "./unit-names.ts";

export interface UnitChange {
  readonly district: string;
  /** Names as in the rosters; a unit has at most one change. */
  readonly fromUnit: string;
  readonly toUnit: string;
  /** The year from which the new name holds: rosters and exams of that year. */
  readonly since: number;
  readonly kind: "renamed" | "merged";
  /** The paper it stands in. */
  readonly source: string;
  readonly note: string | null;
}

/** A change as it is listed, with its number, who entered it and how many rows bear either name. */
export interface ListedUnitChange extends UnitChange {
  readonly id: number;
  readonly districtName: string;
  readonly who: string;
  /** ISO instant, UTC. */
  readonly changedAt: string;
  readonly rowsFrom: number;
  readonly rowsTo: number;
}

/** A unit as rosters and applications name it, with its rows by the exam year they count in. */
export interface RosterUnit {
  readonly district: string;
  readonly districtName: string;
  readonly unit: string;
  readonly years: readonly { readonly year: number; readonly rows: number }[];
}

/** Throws bad-input on the district. */
export async function listRosterUnits(
  c: Connection,
  asked: { readonly district?: string | undefined; readonly scope: Scope },
): Promise<RosterUnit[]> {
  const { district, scope } = await placeParameters(c, asked);
  return c.rows(namedQuery("roster-units"), { district: district ?? null, scope: scope ?? [] });
}

export interface UnitSuggestion extends Omit<UnitChange, "source" | "note"> {
  readonly districtName: string;
  /** Roster years. */
  readonly from: number;
  readonly to: number;
  /** In fromUnit before and in toUnit after. */
  readonly people: number;
  readonly peopleFrom: number;
  readonly peopleTo: number;
  /** 0…1, of the people of fromUnit who are still on a roster. */
  readonly share: number;
}

export function listUnitChanges(c: Connection, scope: Scope): Promise<ListedUnitChange[]> {
  return c.rows(namedQuery("unit-changes"), { scope: scopeParameter(scope), id: null });
}

/** Probable renames and mergers, the most certain first; see queries/unit-suggestions.sql. Throws bad-input on the district. */
export async function suggestUnitChanges(
  c: Connection,
  asked: { readonly district?: string | undefined; readonly scope: Scope },
): Promise<UnitSuggestion[]> {
  const { district, scope } = await placeParameters(c, asked);
  return c.rows(namedQuery("unit-suggestions"), { district: district ?? null, scope: scope ?? [] });
}

async function one(c: Connection, id: number, scope: Scope): Promise<ListedUnitChange | undefined> {
  const [found] = await c.rows<ListedUnitChange>(namedQuery("unit-changes"), { scope: scopeParameter(scope), id });
  return found;
}

async function check(c: Connection, change: UnitChange, scope: Scope): Promise<void> {
  await placeParameters(c, { district: change.district, scope });
  const units = await c.rows<{ name: string }>(
    'SELECT "unitName" AS name FROM units WHERE district = $district ORDER BY name',
    { district: change.district },
  );
  const names = units.map(({ name }) => name);
  for (const property of ["fromUnit", "toUnit"] as const) {
    if (!names.includes(change[property])) notAmong(property, "单位名称", change[property], names);
  }
  const changes = await c.rows<UnitChange>(
    'SELECT "fromUnit", "toUnit" FROM unit_changes WHERE district = $district AND "fromUnit" <> $fromUnit',
    { district: change.district, fromUnit: change.fromUnit },
  );
  const next = new Map(changes.map(({ fromUnit, toUnit }) => [fromUnit, toUnit]));
  const path = [change.fromUnit];
  for (let name: string | undefined = change.toUnit; name !== undefined; name = next.get(name)) {
    path.push(name);
    if (name !== change.fromUnit) continue;
    throw badInput(
      `单位变更不能首尾相接：${path.join(" → ")}`,
      `changes of units must not lead back to where they begin: ${path.join(" → ")}`,
      { property: "toUnit", value: change.toUnit, path },
    );
  }
}

/** Makes the table of canonical names anew, and looks again at the rosters that bear them from a year on. */
async function nameUnits(c: Connection, since: number): Promise<void> {
  const changes = await c.rows<UnitChange>('SELECT district, "fromUnit", "toUnit", since FROM unit_changes');
  const text = (name: Exclude<keyof NamedUnit, "fromYear" | "toYear">) => ({ name, type: "VARCHAR" });
  const columns = [
    text("district"),
    text("name"),
    { name: "fromYear", type: "SMALLINT" },
    { name: "toYear", type: "SMALLINT" },
    text("unitName"),
  ] as const;
  await c.run("DELETE FROM unit_names");
  const rows = unitNames(changes).map((named) => columns.map(({ name }) => named[name]));
  if (rows.length > 0) await c.append("unit_names", columns, rows);
  await refreshFindings(c, since);
}

const reasonOf = ({ district, fromUnit, toUnit, since }: UnitChange) => `${district} ${fromUnit} → ${toUnit} ${since}`;

/**
 * Enters a change, in place of the one that the unit has, if any; the same again changes nothing. Throws bad-input: unknown
 * district or unit, or a circle of changes.
 */
export function putUnitChange(
  store: Store,
  change: UnitChange,
  scope: Scope,
  editor: Editor,
): Promise<Edited<ListedUnitChange>> {
  return edit(store, editor, async (c, at) => {
    await check(c, change, scope);
    const { district, fromUnit } = change;
    const [before] = await c.rows<{ id: number; since: number; same: boolean }>(
      `SELECT id, since, "toUnit" = $toUnit AND since = $since AND kind = $kind AND source = $source
         AND note IS NOT DISTINCT FROM $note AS same
       FROM unit_changes WHERE district = $district AND "fromUnit" = $fromUnit`,
      { ...change },
    );
    const [newest] = await c.rows<{ id: number }>("SELECT coalesce(max(id), 0) AS id FROM unit_changes");
    const id = before?.id ?? (newest?.id ?? 0) + 1;
    if (!before?.same) {
      await c.run('DELETE FROM unit_changes WHERE district = $district AND "fromUnit" = $fromUnit', {
        district,
        fromUnit,
      });
      await c.run(
        `INSERT INTO unit_changes (id, district, "fromUnit", "toUnit", since, kind, source, note, who, "changedAt")
         VALUES ($id, $district, $fromUnit, $toUnit, $since, $kind, $source, $note, $who, $at::TIMESTAMP)`,
        { ...change, id, who: editor.who, at },
      );
      await nameUnits(c, Math.min(change.since, before?.since ?? change.since));
    }
    const value = await one(c, id, scope);
    if (!value) throw new Error(`unit change ${id} is not there`);
    return { value, ...(before?.same ? {} : { reason: `unit change ${reasonOf(change)}` }) };
  });
}

/** Takes a change away: the names of the rows stand for themselves again. Throws not-found. */
export function deleteUnitChange(store: Store, id: number, scope: Scope, editor: Editor): Promise<Edited<null>> {
  return edit(store, editor, async (c) => {
    const found = await one(c, id, scope);
    if (!found) {
      throw new AppError(
        "not-found",
        { zh: `没有编号为 ${id} 的单位变更`, en: `no unit change ${id}` },
        { property: "id", value: id },
      );
    }
    await c.run("DELETE FROM unit_changes WHERE id = $id", { id });
    await nameUnits(c, found.since);
    return { value: null, reason: `unit change taken back: ${reasonOf(found)}` };
  });
}
