/** Decides every roster row for every level its rulebook covers, in bulk, inside the publishing transaction. */
import { bindLevel } from "../rules/bind.ts";
import { type TargetLevel, targetLevels } from "../rules/facts.ts";
import type { Rulebook, RulebookLibrary } from "../rules/rulebook.ts";
import { maskSelects, type Words } from "../rules/sql.ts";
import { quote } from "../rules/term.ts";
import type { Connection } from "../store/index.ts";
import { jurisdiction } from "./jurisdiction.ts";
import { fillQuotas } from "./quotas.ts";

const decisions = ["ineligible", "undetermined", "eligible"] as const;
const words: Words = {
  outcome: (outcome) => `'${decisions[outcome]}'::decision`,
  module: (module) => `'${module}'::module`,
};

/**
 * Fills table `eligibility` for the given roster years (all on file when omitted) and notes the rulebook texts used.
 * Exam year Y is decided on the roster of 31 December Y − 1.
 */
export async function decideRosters(
  c: Connection,
  library: RulebookLibrary,
  rosterYears?: readonly number[],
  onProgress?: (done: number, total: number) => void,
): Promise<void> {
  const places = await c.rows<{ rosterYear: number; district: string }>(
    `SELECT DISTINCT "rosterYear", district FROM workers ORDER BY "rosterYear", district`,
  );
  await admitRulebooks(
    c,
    [...library.books.values()].map(({ id }) => id),
  );
  const onFile = [...new Set(places.map(({ rosterYear }) => rosterYear))];
  const years = rosterYears ?? onFile;
  for (const year of years) {
    await c.run(`DELETE FROM eligibility WHERE "examYear" = $examYear`, { examYear: year + 1 });
    await c.run(`DELETE FROM evaluated WHERE "examYear" = $examYear`, { examYear: year + 1 });
    if (!onFile.includes(year)) await fillQuotas(c, library, year + 1, []);
  }
  const wanted = years.filter((year) => onFile.includes(year));
  let done = 0;
  for (const year of wanted) {
    const districts = places.filter(({ rosterYear }) => rosterYear === year).map(({ district }) => district);
    await decideRoster(c, library, year, districts);
    onProgress?.(++done, wanted.length);
  }
}

/** Makes room in the column of rulebooks for those that have not decided before. */
async function admitRulebooks(c: Connection, ids: readonly string[]): Promise<void> {
  const [column] = await c.rows<{ known: string[] }>(
    "SELECT enum_range((SELECT rulebook FROM eligibility LIMIT 0)) AS known",
  );
  const known = column?.known ?? [];
  const all = [...new Set([...known, ...ids])];
  if (all.length > known.length) {
    await c.run(`ALTER TABLE eligibility ALTER rulebook TYPE ENUM(${all.map(quote).join(", ")})`);
  }
}

interface Served {
  readonly level: TargetLevel;
  readonly book: Rulebook;
  readonly codes: readonly string[];
}

/** The districts each rulebook decides, by level. */
function serve(library: RulebookLibrary, districts: readonly string[], examYear: number): Served[] {
  return targetLevels.flatMap((level) => {
    const served = new Map<Rulebook, string[]>();
    for (const district of districts) {
      const found = jurisdiction(library, district, level, examYear);
      if (found) served.set(found.rulebook, [...(served.get(found.rulebook) ?? []), district]);
    }
    return [...served].map(([book, codes]) => ({ level, book, codes }));
  });
}

/** Levels that a rulebook decides for the same districts are decided together. */
function together(served: readonly Served[]): { book: Rulebook; levels: TargetLevel[]; codes: readonly string[] }[] {
  const groups = new Map<string, { book: Rulebook; levels: TargetLevel[]; codes: readonly string[] }>();
  for (const { level, book, codes } of served) {
    const key = `${book.id} ${codes.join(" ")}`;
    const group = groups.get(key) ?? { book, levels: [], codes };
    group.levels.push(level);
    groups.set(key, group);
  }
  return [...groups.values()];
}

async function decideRoster(
  c: Connection,
  library: RulebookLibrary,
  rosterYear: number,
  districts: readonly string[],
): Promise<void> {
  const examYear = rosterYear + 1;
  const served = serve(library, districts, examYear);
  await fillQuotas(c, library, examYear, districts);
  for (const { book, levels, codes } of together(served)) {
    const people = `(SELECT * FROM workers WHERE "rosterYear" = ${rosterYear} AND district IN (${codes.map(quote).join(", ")}))`;
    const select = maskSelects(
      levels.map((level) => bindLevel(book, level, examYear)),
      people,
      ["rosterRow"],
      words,
    );
    const level = `CASE level ${levels.map((name, index) => `WHEN ${index} THEN '${name}'::target_level`).join(" ")} END`;
    await c.run(
      `INSERT INTO eligibility
       SELECT "rosterRow", ${examYear}, ${level}, ${quote(book.id)}, ${book.year !== examYear},
         decision, planning, module, unmet, "unknown", blocking, "pathwaysMet", "pathwaysUnknown"
       FROM (${select})`,
    );
  }
  for (const book of new Set(served.map((one) => one.book))) {
    await c.run(`INSERT INTO evaluated VALUES ($examYear, $rulebook, $hash)`, {
      examYear,
      rulebook: book.id,
      hash: book.hash,
    });
  }
}

/** Roster years whose stored decisions were made with other rulebooks, or other texts of them, than serve now. */
export async function outdatedRosters(c: Connection, library: RulebookLibrary): Promise<number[]> {
  const places = await c.rows<{ rosterYear: number; districts: string[] }>(
    `SELECT "rosterYear", list(DISTINCT district) AS districts FROM workers GROUP BY "rosterYear" ORDER BY "rosterYear"`,
  );
  const stored = await c.rows<{ examYear: number; rulebook: string; hash: string }>(
    `SELECT "examYear", rulebook, hash FROM evaluated`,
  );
  const fingerprint = (texts: Iterable<string>) => [...new Set(texts)].sort().join(" ");
  return places
    .filter(({ rosterYear, districts }) => {
      const now = serve(library, districts, rosterYear + 1).map(({ book }) => `${book.id} ${book.hash}`);
      const then = stored.filter(({ examYear }) => examYear === rosterYear + 1);
      return fingerprint(now) !== fingerprint(then.map(({ rulebook, hash }) => `${rulebook} ${hash}`));
    })
    .map(({ rosterYear }) => rosterYear);
}
