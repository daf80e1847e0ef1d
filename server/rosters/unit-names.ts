/** What a unit is called in which year, chains of changes followed. */

export interface NamedUnit {
  readonly district: string;
  /** Name as in the rosters. */
  readonly name: string;
  readonly fromYear: number;
  /** Exclusive; 9999 where it holds on. */
  readonly toYear: number;
  /** Name it goes by in these years. */
  readonly unitName: string;
}

interface Step {
  readonly district: string;
  readonly fromUnit: string;
  readonly toUnit: string;
  readonly since: number;
}

export const endless = 9999;

/**
 * The names that differ from those in the rosters. In a year, every change that holds by then is followed: where 甲 became 乙 in 2020
 * and 乙 became 丙 in 2023, 甲 goes by 乙 from 2020 and by 丙 from 2023. `changes`: without circles, one for each unit.
 */
export function unitNames(changes: readonly Step[]): NamedUnit[] {
  const key = (district: string, name: string) => `${district}\u0000${name}`;
  const next = new Map(changes.map((change) => [key(change.district, change.fromUnit), change]));
  const nameIn = (district: string, name: string, year: number): string => {
    const change = next.get(key(district, name));
    return change && change.since <= year ? nameIn(district, change.toUnit, year) : name;
  };
  return changes.flatMap(({ district, fromUnit }) => {
    const years = new Set<number>();
    for (let at = next.get(key(district, fromUnit)); at; at = next.get(key(district, at.toUnit))) years.add(at.since);
    const ordered = [...years].sort((a, b) => a - b);
    const spans: NamedUnit[] = [];
    for (const [index, fromYear] of ordered.entries()) {
      const unitName = nameIn(district, fromUnit, fromYear);
      const toYear = ordered[index + 1] ?? endless;
      const last = spans.at(-1);
      if (unitName === fromUnit) continue;
      if (last?.unitName === unitName && last.toYear === fromYear) spans[spans.length - 1] = { ...last, toYear };
      else spans.push({ district, name: fromUnit, fromYear, toYear, unitName });
    }
    return spans;
  });
}
