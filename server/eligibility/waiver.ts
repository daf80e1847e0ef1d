/** What if a condition were waived? Counted from the stored masks: nobody's facts are looked at again. */
import { AppError, badInput } from "../errors.ts";
import { bindLevel } from "../rules/bind.ts";
import { type TargetLevel, targetLevels } from "../rules/facts.ts";
import { nearest } from "../rules/parse-facts.ts";
import type { Rulebook, RulebookLibrary } from "../rules/rulebook.ts";
import { redecide } from "../rules/sql.ts";
import { quote } from "../rules/term.ts";
import { waive } from "../rules/waive.ts";
import type { Connection } from "../store/index.ts";

export interface WaiverCount {
  readonly rulebook: string;
  readonly targetLevel: TargetLevel;
  /** Workers who are not eligible and would be, were the condition waived. */
  readonly becomeEligible: number;
}

/**
 * A count for each rulebook level that decided somebody in the exam year and asks for the condition. Throws bad-input for a
 * condition that none of them asks for; conflict when a decision was made with another text of its rulebook.
 */
export async function countWaiver(
  c: Connection,
  library: RulebookLibrary,
  { examYear, condition }: { readonly examYear: number; readonly condition: string },
): Promise<WaiverCount[]> {
  const books = await booksOf(c, library, examYear);
  const counts = books.flatMap((book) =>
    targetLevels
      .filter((level) => book.levels.has(level))
      .flatMap((level) => waiverSql(book, level, examYear, condition) ?? []),
  );
  if (counts.length === 0) throw unknownCondition(books, examYear, condition);
  const rows = await c.rows<WaiverCount>(counts.join(" UNION ALL "));
  return rows.sort((a, b) => targetLevels.indexOf(a.targetLevel) - targetLevels.indexOf(b.targetLevel));
}

async function booksOf(c: Connection, library: RulebookLibrary, examYear: number): Promise<Rulebook[]> {
  const rows = await c.rows<{ rulebook: string; hash: string }>(
    `SELECT DISTINCT rulebook, hash FROM evaluated WHERE "examYear" = $examYear ORDER BY rulebook`,
    { examYear },
  );
  return rows.map(({ rulebook, hash }) => {
    const book = library.get(rulebook);
    if (book.hash === hash) return book;
    throw new AppError(
      "conflict",
      {
        zh: `${examYear}年的资格结论是按规则库 ${rulebook} 的另一版本作出的，请重新启动后再试`,
        en: `the decisions of ${examYear} were made with another text of rulebook ${rulebook}: restart and try again`,
      },
      { rulebook },
    );
  });
}

/** Undefined where the level does not ask for the condition. */
function waiverSql(book: Rulebook, level: TargetLevel, examYear: number, condition: string): string | undefined {
  const asked = bindLevel(book, level, examYear).pathways.flatMap(({ counted }) =>
    counted.filter((item) => item.condition.id === condition),
  );
  if (asked.length === 0) return undefined;
  const bits = asked.reduce((mask, { bit }) => mask | (1n << BigInt(bit)), 0n);
  // Whom the condition does not stop, its waiver does not help.
  const stopped = `(
    SELECT unmet, "unknown" FROM eligibility
    WHERE "examYear" = ${examYear} AND rulebook = ${quote(book.id)} AND "targetLevel" = '${level}' AND decision <> 'eligible'
      AND ((unmet | "unknown") & ${bits}::UBIGINT) <> 0
  )`;
  const again = redecide(bindLevel(waive(book, [condition]), level, examYear), stopped, []);
  return `SELECT ${quote(book.id)} AS rulebook, '${level}' AS "targetLevel", count(*)::INTEGER AS "becomeEligible" FROM (${again}) WHERE decision = 2`;
}

function unknownCondition(books: readonly Rulebook[], examYear: number, condition: string): AppError {
  const ids = books.flatMap((book) =>
    [...book.levels.keys()].flatMap((level) =>
      bindLevel(book, level, examYear).pathways.flatMap(({ counted }) => counted.map((item) => item.condition.id)),
    ),
  );
  const allowed = [...new Set(ids)].sort();
  const hint = nearest(condition, allowed);
  return badInput(
    `${examYear}年所用规则库没有条件 ${condition}${hint ? `，是否指 ${hint}？` : ""}`,
    `no rulebook of exam year ${examYear} asks for condition ${condition}${hint ? `; did you mean ${hint}?` : ""}`,
    { property: "condition", value: condition, allowed },
  );
}
