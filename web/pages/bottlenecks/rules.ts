/** Pure: the rows of the bottlenecks of conditions, one rulebook level at a time. */
import { type BottleneckRow, type Curability, curabilities, type LevelCode, levelCodes } from "../../api/types.ts";

export interface Rule {
  /** Stands in the address. */
  readonly key: string;
  readonly rulebook: string;
  readonly level: LevelCode;
  readonly workers: number;
  readonly ineligible: number;
  /** Conditions that count and stop somebody, most people first. */
  readonly rows: readonly BottleneckRow[];
}

/** Every rulebook level of the rows; the highest level first, of a level the rulebook that decides most people. */
export function rulesOf(rows: readonly BottleneckRow[]): Rule[] {
  const groups = new Map<string, BottleneckRow[]>();
  for (const row of rows) {
    const key = `${row.rulebook}.${row.targetLevel}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const rules = [...groups].flatMap(([key, group]): Rule[] => {
    const [first] = group;
    const level = levelCodes.find((code) => code === first?.targetLevel);
    if (!first || !level) return [];
    const stopping = group.filter(({ advisory, blocked, unknown }) => !advisory && blocked + unknown > 0);
    return [
      {
        ...{ key, level, rulebook: first.rulebook, workers: first.workers, ineligible: first.ineligible },
        rows: stopping.sort((a, b) => b.blocked - a.blocked || b.unknown - a.unknown),
      },
    ];
  });
  const rank = ({ level }: Rule): number => levelCodes.indexOf(level);
  return rules.sort((a, b) => rank(b) - rank(a) || b.workers - a.workers || a.key.localeCompare(b.key));
}

/** What of the ineligible falls to conditions of each kind; adds up to them. */
export function sharesByCure(rows: readonly BottleneckRow[]): Record<Curability, number> {
  const sums: Record<Curability, number> = { time: 0, action: 0, external: 0 };
  for (const kind of curabilities) for (const row of rows) if (row.curability === kind) sums[kind] += row.shapley;
  return sums;
}
