/**
 * Deciding a million workers at every level of one exam year, masks stored — the whole of what a publish does after loading.
 *
 *   npm run bench:eligibility [-- --workers 1000000]
 *
 * It makes its own data (100,000 random people, repeated under new numbers) and prints rows per second. Beside it the normal
 * pathway of jiangsu-2020 intermediate by json-rules-engine on a sample of the same people, checked to give the same
 * outcomes, and extrapolated to as many decisions.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type ConditionProperties, Engine, type TopLevelCondition } from "json-rules-engine";
import { decideRosters } from "../../server/eligibility/index.ts";
import { loadLibrary } from "../../server/library.ts";
import { bindLevel, pathwayOutcome } from "../../server/rules/bind.ts";
import { encodeFacts, factColumns, typedColumns } from "../../server/rules/columns.ts";
import { dayOf } from "../../server/rules/dates.ts";
import type { Facts } from "../../server/rules/parse-facts.ts";
import { Person } from "../../server/rules/person.ts";
import { openStore } from "../../server/store/index.ts";
import { RandomPeople, randomNumbers } from "../rules/people.ts";

const { values } = parseArgs({ options: { workers: { type: "string", default: "1000000" } } });
const workers = Number(values.workers);
const distinct = Math.min(workers, 100_000);
const examYear = 2024;
const districts = ["320612", "320602", "320402", "320411", "321012", "321002", "410802", "410822", "350102", "350203"];

const say = (text: string) => process.stdout.write(`${text}\n`);
const seconds = (since: number) => (performance.now() - since) / 1000;
const perSecond = (count: number, time: number) => `${Math.round(count / time).toLocaleString("en")} per second`;

say(
  `machine: ${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
);
const folder = await mkdtemp(join(tmpdir(), "gongkao-bench-"));
const store = await openStore(folder, { queryTimeoutMs: 600_000 });
const library = await loadLibrary();

const started = performance.now();
const people = new RandomPeople(randomNumbers(2024), examYear);
const list: Facts[] = Array.from({ length: distinct }, (_, index) => people.next(index));
const columns = factColumns.filter(({ name }) => !["workerId", "district", "unit", "trade"].includes(name));
await store.transaction(async (c) => {
  await c.run(
    `CREATE TEMP TABLE staged (number INTEGER, "workerId" VARCHAR, district VARCHAR, unit VARCHAR, trade VARCHAR, ${columns.map((one) => `"${one.name}" ${one.stageType}`).join(", ")})`,
  );
  await c.append(
    "staged",
    [
      { name: "number", type: "INTEGER" },
      ...["workerId", "district", "unit", "trade"].map((name) => ({ name, type: "VARCHAR" })),
      ...columns.map((one) => ({ name: one.name, type: one.stageType })),
    ],
    list.map((person, index) => {
      const row = encodeFacts(person);
      const place = districts[index % districts.length] ?? "";
      return [
        index,
        person.workerId ?? "",
        place,
        `单位${index % 900}`,
        row.trade ?? null,
        ...columns.map((one) => row[one.name] ?? null),
      ];
    }),
  );
  const names = columns.map(({ name }) => `"${name}"`).join(", ");
  await c.run(
    `INSERT INTO workers ("rosterRow", "rosterYear", "workerId", district, unit, trade, ${names}, "importId", "sourceRow", "rowHash")
     SELECT number + copy * ${distinct}, ${examYear - 1}, "workerId" || '-' || copy, district, unit, trade, ${names}, 1, number, ''
     FROM (SELECT number, ${typedColumns} FROM staged), range(${Math.ceil(workers / distinct)}) AS copies(copy)
     WHERE number + copy * ${distinct} < ${workers} ORDER BY district, unit`,
  );
});
say(
  `data: ${workers.toLocaleString("en")} workers (${distinct.toLocaleString("en")} distinct) in ${seconds(started).toFixed(1)} s, not counted below`,
);

const deciding = performance.now();
const cpuBefore = process.cpuUsage();
await store.transaction((c) => decideRosters(c, library));
const time = seconds(deciding);
const cpu = process.cpuUsage(cpuBefore);
const [count] = await store.read((c) => c.rows<{ rows: number }>(`SELECT count(*)::INTEGER AS rows FROM eligibility`));
const decided = count?.rows ?? 0;
say(
  `gongkao: all levels of exam year ${examYear}, ${decided.toLocaleString("en")} decisions with masks stored: ${time.toFixed(2)} s (${((cpu.user + cpu.system) / 1e6).toFixed(1)} s of CPU), ${perSecond(decided, time)} (${perSecond(workers, time)} in workers)`,
);
say(`peak memory of the process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);

// The peer: one pathway only, thresholds given as day numbers, two rules (surely, possibly) for three-valued logic.
const book = library.get("jiangsu-2020");
const bound = bindLevel(book, "intermediate", examYear);
const normal = bound.pathways.find(({ id }) => id === "normal");
if (!normal) throw new Error("no normal pathway");
const yearEnd = (year: number) => dayOf(year, 12, 31);
const trades = [...(book.lists.get("grade-worker-trades") ?? [])];
const cutOff = examYear * 12 + 11;
const rule = (end: "to" | "from", unknown: "possible" | "impossible"): TopLevelCondition => {
  const open = (test: ConditionProperties) =>
    unknown === "possible"
      ? { any: [test, { fact: test.fact.replace(/From$|To$/, "From"), operator: "equal", value: null }] }
      : test;
  const date = (name: string, value: number) =>
    open({ fact: `${name}${end === "to" ? "To" : "From"}`, operator: "lessThanInclusive", value });
  const list = [
    open({ fact: "onPost", operator: "equal", value: true }),
    open({ fact: "level", operator: "equal", value: "junior" }),
    open({ fact: "trade", operator: "in", value: trades }),
    open({
      fact: end === "to" ? "retiresFrom" : "retiresTo",
      operator: end === "to" ? "greaterThan" : "greaterThanInclusive",
      value: cutOff,
    }),
    {
      any: [
        { fact: "fraudFrom", operator: "equal", value: null },
        {
          fact: end === "to" ? "fraudTo" : "fraudFrom",
          operator: "lessThanInclusive",
          value: dayOf(examYear - 3, 8, 1),
        },
      ],
    },
    { fact: "transferred", operator: "equal", value: false },
    date("level", yearEnd(examYear - 5)),
    date("work", yearEnd(examYear - 9)),
  ];
  return { all: list } as TopLevelCondition;
};
const engine = new Engine([
  { conditions: rule("to", "impossible"), event: { type: "met" } },
  { conditions: rule("from", "possible"), event: { type: "possible" } },
]);
const sample = list.slice(0, 3_000);
const flat = sample.map((facts) => {
  const person = new Person(facts);
  const [level, work, fraud] = [
    person.date("levelObtainedOn"),
    person.date("workStartedOn"),
    person.date("fraudRecordedOn"),
  ];
  return {
    onPost: facts.onPost ?? null,
    level: facts.level ?? null,
    trade: facts.trade ?? null,
    transferred: facts.transferred ?? false,
    retiresFrom: person.retirement?.from ?? null,
    retiresTo: person.retirement?.to ?? null,
    levelFrom: level?.from ?? null,
    levelTo: level?.to ?? null,
    workFrom: work?.from ?? null,
    workTo: work?.to ?? null,
    fraudFrom: fraud?.from ?? null,
    fraudTo: fraud?.to ?? null,
  };
});
const peerStarted = performance.now();
const outcomes: number[] = [];
for (const facts of flat) {
  const { events } = await engine.run(facts);
  outcomes.push(events.some(({ type }) => type === "met") ? 2 : events.length > 0 ? 1 : 0);
}
const peerTime = seconds(peerStarted);
const differing = sample.filter((facts, index) => {
  const person = new Person(facts);
  return pathwayOutcome(normal, (item) => item.term.evaluate(person), person) !== outcomes[index];
}).length;
if (differing > 0) throw new Error(`${differing} outcomes differ from json-rules-engine`);
say(
  `json-rules-engine: the normal pathway of jiangsu-2020 intermediate, ${sample.length.toLocaleString("en")} people, same outcomes: ${peerTime.toFixed(2)} s, ${perSecond(sample.length, peerTime)}; extrapolated to ${decided.toLocaleString("en")} decisions: ${Math.round((peerTime / sample.length) * decided).toLocaleString("en")} s for that one pathway`,
);
await store.close();
await rm(folder, { recursive: true });
