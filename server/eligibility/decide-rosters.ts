/** Decides every roster row for every level its rulebook covers, in bulk, inside the publishing transaction. */
import { bindLevel } from "../rules/bind.ts";
import { type TargetLevel, targetLevels } from "../rules/facts.ts";
import { modules, type Rulebook, type RulebookLibrary } from "../rules/rulebook.ts";
import { maskSelect } from "../rules/sql.ts";
import { quote } from "../rules/term.ts";
import type { Connection } from "../store/index.ts";
import { jurisdiction } from "./jurisdiction.ts";
import { fillQuotas } from "./quotas.ts";

const decisionSql = (column: string) =>
  `CASE ${column} WHEN 2 THEN 'eligible'::decision WHEN 1 THEN 'undetermined'::decision ELSE 'ineligible'::decision END`;
const moduleSql = `CASE module ${modules.map((name, position) => `WHEN ${position} THEN '${name}'::module`).join(" ")} END`;

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

/** The districts each rulebook decides, by level. */
function serve(
  library: RulebookLibrary,
  districts: readonly string[],
  examYear: number,
): { level: TargetLevel; book: Rulebook; codes: string[] }[] {
  return targetLevels.flatMap((level) => {
    const served = new Map<Rulebook, string[]>();
    for (const district of districts) {
      const found = jurisdiction(library, district, level, examYear);
      if (found) served.set(found.rulebook, [...(served.get(found.rulebook) ?? []), district]);
    }
    return [...served].map(([book, codes]) => ({ level, book, codes }));
  });
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
  for (const { level, book, codes } of served) {
    const people = `(SELECT * FROM workers WHERE "rosterYear" = ${rosterYear} AND district IN (${codes.map(quote).join(", ")}))`;
    await c.run(
      `INSERT INTO eligibility
       SELECT "rosterRow", ${examYear}, '${level}'::target_level, ${quote(book.id)}, ${book.year !== examYear},
         ${decisionSql("decision")}, ${decisionSql("planning")}, ${moduleSql},
         unmet, "unknown", blocking, "pathwaysMet", "pathwaysUnknown"
       FROM (${maskSelect(bindLevel(book, level, examYear), people, ["rosterRow"])})`,
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
