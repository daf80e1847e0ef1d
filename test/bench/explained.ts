/**
 * Explained evaluations of one person a second, on one core: random people and the people of the rulebook's cases, every level.
 *
 *   node --import tsx test/bench/explained.ts
 */
import { pathToFileURL } from "node:url";
import { loadLibrary } from "../../server/library.ts";
import { caseFacts } from "../../server/rules/cases.ts";
import { evaluate } from "../../server/rules/evaluate.ts";
import type { Facts } from "../../server/rules/parse-facts.ts";
import type { Rulebook } from "../../server/rules/rulebook.ts";
import { RandomPeople, randomNumbers } from "../rules/people.ts";

export interface ExplainedSpeed {
  /** Rulebook and level. */
  readonly level: string;
  /** Evaluations per second of CPU time, all threads of the process together. */
  readonly perSecond: number;
  /** Evaluations per second of the clock; lower while other programs run. */
  readonly perSecondOfClock: number;
}

const randomCount = 400;
const warmUpSeconds = 0.5;
const measuredSeconds = 1;

function peopleOf(book: Rulebook, level: string): Facts[] {
  const people = new RandomPeople(randomNumbers(book.year), book.year);
  const random = Array.from({ length: randomCount }, (_, index) => people.next(index));
  const stated = book.cases.filter((one) => one.level === level).map((one) => caseFacts(book, one));
  return [...random, ...stated];
}

/** Evaluates all people again and again for so many seconds; how many evaluations there were. */
function run(book: Rulebook, level: string, people: readonly Facts[], seconds: number): number {
  const end = performance.now() + seconds * 1000;
  let done = 0;
  while (performance.now() < end) {
    for (const facts of people) evaluate(book, level, undefined, facts);
    done += people.length;
  }
  return done;
}

/** Every level of every rulebook, one after the other. */
export async function benchExplained(): Promise<ExplainedSpeed[]> {
  const library = await loadLibrary(undefined, { cases: true });
  const levels = [...library.books.values()].flatMap((book) =>
    [...book.levels.keys()].map((level) => ({ book, level, people: peopleOf(book, level) })),
  );
  for (const { book, level, people } of levels) run(book, level, people, warmUpSeconds);
  return levels.map(({ book, level, people }) => {
    const cpuBefore = process.cpuUsage();
    const started = performance.now();
    const done = run(book, level, people, measuredSeconds);
    const clock = (performance.now() - started) / 1000;
    const cpu = process.cpuUsage(cpuBefore);
    return {
      level: `${book.id} ${level}`,
      perSecond: Math.round(done / ((cpu.user + cpu.system) / 1e6)),
      perSecondOfClock: Math.round(done / clock),
    };
  });
}

const show = (count: number) => Math.round(count).toLocaleString("en").padStart(10);

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const speeds = await benchExplained();
  const cpu = speeds.map(({ perSecond }) => perSecond);
  const clock = speeds.map(({ perSecondOfClock }) => perSecondOfClock);
  const mean = (list: readonly number[]) => list.length / list.reduce((sum, one) => sum + 1 / one, 0);
  const lines: (readonly [string, number, number])[] = [
    ...speeds.map(({ level, perSecond, perSecondOfClock }) => [level, perSecond, perSecondOfClock] as const),
    ["minimum", Math.min(...cpu), Math.min(...clock)],
    ["mean (as many people at every level)", mean(cpu), mean(clock)],
  ];
  process.stdout.write("explained evaluations per second                 of CPU  of clock\n");
  for (const [name, ...counts] of lines) process.stdout.write(`${name.padEnd(42)}${counts.map(show).join("")}\n`);
}
