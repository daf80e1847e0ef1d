/** Which rulebook decides what: a row for a whole city where all its districts share the rulebook, else a row per district. */
import { type Scope, scopeParameter } from "../access/scope.ts";
import { jurisdiction } from "../eligibility/index.ts";
import { type TargetLevel, targetLevels } from "../rules/facts.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import { type Connection, namedQuery } from "../store/index.ts";

export interface RulebookUse {
  readonly rulebook: string;
  /** Code of a city or a district. */
  readonly district: string;
  readonly level: TargetLevel;
  readonly examYear: number;
  /** The exam year is not the rulebook's own. */
  readonly projected: boolean;
}

interface Place {
  readonly rosterYear: number;
  readonly district: string;
  readonly city: string;
}

/** The rulebooks in use for every roster, ordered by exam year and district. */
export async function rulebooksInUse(c: Connection, library: RulebookLibrary, scope: Scope): Promise<RulebookUse[]> {
  const places = await c.rows<Place>(namedQuery("roster-districts"), { scope: scopeParameter(scope) });
  const cities = new Map<string, Place[]>();
  for (const place of places) {
    const key = `${place.rosterYear} ${place.city}`;
    cities.set(key, [...(cities.get(key) ?? []), place]);
  }
  return [...cities.values()].flatMap((members) => targetLevels.flatMap((level) => useOf(library, members, level)));
}

/** The use of one city in one year at one level; `members` are its districts. */
function useOf(library: RulebookLibrary, members: readonly Place[], level: TargetLevel): RulebookUse[] {
  const uses = members.flatMap(({ rosterYear, district }) => {
    const examYear = rosterYear + 1;
    const found = jurisdiction(library, district, level, examYear);
    return found ? [{ rulebook: found.rulebook.id, district, level, examYear, projected: found.projected }] : [];
  });
  const [first] = uses;
  const shared =
    first !== undefined && uses.length === members.length && uses.every(({ rulebook }) => rulebook === first.rulebook);
  return shared ? [{ ...first, district: members[0]?.city ?? first.district }] : uses;
}
