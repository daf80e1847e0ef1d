/**
 * `npm run bench:rules`: how fast rulebooks are read, explained, decided in bulk and asked what if; whether both back ends agree on
 * many people; and other rule engines beside them.
 *
 *   npm run bench:rules [-- --only explained,bulk,waiver,loading,agreement,peers] [--workers N] [--people N] [--sample N]
 *
 * --workers  of the roster that is decided in bulk (some four target levels each), 2,600,000
 * --people   random people for each rulebook level on whom both back ends must agree, 100,000
 * --sample   people whom the peers decide, 3,000
 */
import { parseArgs } from "node:util";
import { loadPeople } from "../../server/eligibility/agreement.ts";
import { countWaiver, decideRosters } from "../../server/eligibility/index.ts";
import { loadLibrary, readRulebooks } from "../../server/library.ts";
import { bindLevel } from "../../server/rules/bind.ts";
import { checkLibrary } from "../../server/rules/check.ts";
import { evaluate } from "../../server/rules/evaluate.ts";
import type { Outcome } from "../../server/rules/kleene.ts";
import { type Facts, parseFacts } from "../../server/rules/parse-facts.ts";
import { maskSelect } from "../../server/rules/sql.ts";
import type { Store } from "../../server/store/index.ts";
import { agree } from "../rules/agree.ts";
import { LevelPeople, RandomPeople, randomNumbers } from "../rules/people.ts";
import { benchExplained } from "./explained.ts";
import { machineLine, measure, quickest, say, speed, whole } from "./measure.ts";
import { flatten, peers } from "./peers.ts";
import { fillRoster, withStore } from "./rosters.ts";

const examYear = 2024;
const outcomeNames = ["unmet", "unknown", "met"];

const parts = ["loading", "explained", "bulk", "waiver", "agreement", "peers"];
const { values } = parseArgs({
  options: {
    only: { type: "string", default: parts.join(",") },
    workers: { type: "string", default: "2600000" },
    people: { type: "string", default: "100000" },
    sample: { type: "string", default: "3000" },
  },
});
const wanted = new Set(values.only.split(","));
const sizes = { workers: Number(values.workers), people: Number(values.people), sample: Number(values.sample) };
if (![...wanted].every((part) => parts.includes(part))) throw new Error(`--only knows ${parts.join(", ")}`);
if (!Object.values(sizes).every((size) => Number.isInteger(size) && size > 0))
  throw new Error("sizes are whole numbers");

async function loading(): Promise<void> {
  const load = async () => checkLibrary(await readRulebooks());
  const first = await measure(load);
  const again = await quickest(5, load);
  const { rulebooks, cases } = first.value;
  const ms = (seconds: number) => `${Math.round(seconds * 1000)} ms`;
  say(
    `loading: ${rulebooks} rulebooks read and checked, ${whole(cases)} cases run: ${ms(first.seconds)} the first time (${ms(first.cpuSeconds)} of CPU), then ${ms(again.seconds)}`,
  );
}

async function explained(): Promise<void> {
  const levels = await benchExplained();
  const mean = levels.length / levels.reduce((sum, { perSecond }) => sum + 1 / perSecond, 0);
  const least = levels.reduce((a, b) => (b.perSecond < a.perSecond ? b : a));
  say(
    `explained: ${whole(mean)} a second of CPU over ${levels.length} rulebook levels; slowest ${least.level}, ${whole(least.perSecond)}`,
  );
}

async function bulk(store: Store): Promise<void> {
  const library = await loadLibrary();
  const workers = await fillRoster(store, library, { rosterYear: examYear - 1, workers: sizes.workers });
  const decided = await measure(() => store.transaction((c) => decideRosters(c, library)));
  const rows = await storedRows(store);
  say(`bulk: ${whole(workers)} workers at every level of ${examYear}, ${whole(rows)} decisions with masks stored:`);
  say(`      ${speed(rows, decided)}; peak memory ${whole(process.resourceUsage().maxRSS / 1024)} MB`);
}

async function storedRows(store: Store): Promise<number> {
  const [row] = await store.read((c) => c.rows<{ rows: number }>("SELECT count(*)::INTEGER AS rows FROM eligibility"));
  return row?.rows ?? 0;
}

async function waiver(store: Store): Promise<void> {
  const library = await loadLibrary();
  const rows = await storedRows(store);
  for (const condition of ["seniority", "education"]) {
    const counted = await quickest(5, () => store.read((c) => countWaiver(c, library, { examYear, condition })));
    const levels = new Map<string, number>();
    for (const { targetLevel, becomeEligible } of counted.value)
      levels.set(targetLevel, (levels.get(targetLevel) ?? 0) + becomeEligible);
    const found = [...levels].map(([level, count]) => `${level} ${whole(count)}`).join(", ");
    say(
      `waiver: ${condition} waived over ${whole(rows)} stored decisions: ${counted.seconds.toFixed(3)} s (${counted.cpuSeconds.toFixed(3)} s of CPU); become eligible: ${found}`,
    );
  }
}

async function agreement(store: Store): Promise<void> {
  const library = await loadLibrary(undefined, { cases: true });
  let people = 0;
  const { seconds } = await measure(async () => {
    for (const book of library.books.values()) {
      for (const [index, level] of [...book.levels.keys()].entries()) {
        const base = parseFacts(book.people[level] ?? {});
        const random = new LevelPeople(randomNumbers(book.year * 1000 + index), bindLevel(book, level), base);
        const found = await agree(store, book, level, book.year, random.take(sizes.people));
        people += found.people;
        const [one] = found.differences;
        if (one)
          throw new Error(`${book.id} ${level}: ${found.differing} differ; ${one.what}; ${JSON.stringify(one.person)}`);
      }
    }
  });
  say(
    `agreement: both back ends agree on ${whole(people)} random people, ${whole(sizes.people)} at each rulebook level (${seconds.toFixed(0)} s)`,
  );
}

async function beside(store: Store): Promise<void> {
  const book = (await loadLibrary()).get("jiangsu-2020");
  const random = new RandomPeople(randomNumbers(examYear), examYear);
  const people: Facts[] = Array.from({ length: sizes.sample }, (_, index) => random.next(index));
  const flat = people.map(flatten);
  const explain = () =>
    people.map(
      (facts) =>
        evaluate(book, "intermediate", examYear, facts).pathways.find(({ id }) => id === "normal")?.outcome ?? "none",
    );
  explain();
  const ours = await quickest(3, explain);
  say(
    `peers: the normal pathway of jiangsu-2020 intermediate, the same ${whole(sizes.sample)} people, the same outcomes:`,
  );
  say(`       gongkao explained (all pathways, every sentence): ${speed(sizes.sample, ours)}`);
  say(`       gongkao bulk (all pathways, masks): ${await bulkSpeed(store, people)}`);
  for (const peer of peers(book, examYear)) {
    await peer.decide(flat.slice(0, 500));
    const theirs = await quickest(3, () => peer.decide(flat));
    const names = theirs.value.map((outcome: Outcome) => outcomeNames[outcome]);
    const differing = names.filter((name, index) => name !== ours.value[index]).length;
    if (differing > 0) throw new Error(`${differing} outcomes differ from ${peer.name}`);
    say(`       ${peer.name}: ${speed(sizes.sample, theirs)}`);
  }
}

/** The sample, repeated so that there is something to measure. */
async function bulkSpeed(store: Store, people: readonly Facts[]): Promise<string> {
  const book = (await loadLibrary()).get("jiangsu-2020");
  const copies = Math.ceil(1_000_000 / people.length);
  return store.transaction(async (c) => {
    await loadPeople(c, people);
    await c.run(
      `CREATE OR REPLACE TEMP TABLE crowd AS SELECT people.* FROM people, range(${copies}) AS copies(copy) ORDER BY copy, number`,
    );
    const select = maskSelect(bindLevel(book, "intermediate", examYear), "crowd", ["number"]);
    const decided = await quickest(3, () => c.run(`CREATE OR REPLACE TEMP TABLE decided AS ${select}`));
    return speed(copies * people.length, decided);
  });
}

say(machineLine());
if (wanted.has("loading")) await loading();
if (wanted.has("explained")) await explained();
if (wanted.has("bulk") || wanted.has("waiver")) {
  await withStore(async (store) => {
    await bulk(store);
    if (wanted.has("waiver")) await waiver(store);
  });
}
if (wanted.has("agreement")) await withStore(agreement);
if (wanted.has("peers")) await withStore(beside);
