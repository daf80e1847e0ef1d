/** What can be said of changes before they are run: faults, and changes that can have no effect. */
import type { Message } from "../../errors.ts";
import type { TargetLevel } from "../../rules/facts.ts";
import type { Rulebook } from "../../rules/rulebook.ts";
import type { Connection } from "../../store/index.ts";
import { applyChanges, booksOf, changedBy, type Notice } from "./apply.ts";
import { cycleOf, findCondition, findThreshold, isOpen } from "./apply-rule.ts";
import { type Change, isRuleChange, type RuleChange } from "./changes.ts";
import { countChanged, type DecidedCount } from "./decided.ts";
import { describeChange } from "./describe.ts";
import { type Ground, type Served, settingOf } from "./ground.ts";
import { bookWords, levelWords } from "./words.ts";

export interface Checked {
  /** False: there is an error, and the scenario cannot be run. */
  readonly valid: boolean;
  readonly notices: readonly Notice[];
  /** Each change in words; how many decisions on the present roster it changes by itself in the coming years, where rules decide. */
  readonly effects: readonly {
    readonly change: number;
    readonly text: Message;
    readonly gained: number | null;
    readonly lost: number | null;
  }[];
}

/** Looks at each change by itself on the present roster, and at all of them for faults. */
export async function checkChanges(c: Connection, ground: Ground, changes: readonly Change[]): Promise<Checked> {
  const { library } = ground.known;
  const { faults } = applyChanges(settingOf(ground), changes);
  const notices: Notice[] = [...faults];
  const effects: Checked["effects"][number][] = [];
  if (changes.length === 0)
    notices.push(
      info(null, "empty", "尚未设任何变动：推演结果与基准相同", "nothing is changed: the scenario is the base"),
    );
  for (const [index, change] of changes.entries()) {
    const text = describeChange(library, change);
    const warn = (code: string, zh: string, en: string) =>
      notices.push({ severity: "warning", change: index, code, text: { zh, en } });
    let count: DecidedCount | undefined;
    if (!faults.some((one) => one.change === index)) {
      if (isRuleChange(change)) count = await checkRule(c, ground, change, warn);
      else checkAssumption(ground, changes, index, warn);
    }
    effects.push({ change: index, text, gained: count?.gained ?? null, lost: count?.lost ?? null });
  }
  return { valid: faults.length === 0, notices, effects };
}

const info = (change: number | null, code: string, zh: string, en: string): Notice => ({
  severity: "info",
  change,
  code,
  text: { zh, en },
});

type Warn = (code: string, zh: string, en: string) => void;

/** Tells why a change of a rulebook can have no effect; counts decisions where one may. */
async function checkRule(
  c: Connection,
  ground: Ground,
  change: RuleChange,
  warn: Warn,
): Promise<DecidedCount | undefined> {
  const { library } = ground.known;
  const setting = settingOf(ground);
  const changed = changedBy(setting, change);
  const own = ground.served.filter(
    (one) =>
      booksOf(setting, change).includes(one.rulebook) && (change.level === undefined || one.level === change.level),
  );
  if (own.length === 0) {
    const book = change.rulebook === undefined ? undefined : library.books.get(change.rulebook);
    const [zh, en] = book ? [bookWords(book).zh, bookWords(book).en] : ["所选规则库", "the rulebook"];
    const level = change.level === undefined ? undefined : levelWords(change.level);
    warn(
      "notServed",
      `${ground.years[0]}–${ground.years.at(-1)}年名册所在各地的${level?.zh ?? ""}申报都不按${zh}审核，改动不起作用`,
      `in ${ground.years[0]}–${ground.years.at(-1)} no district of the roster is decided by ${en}${level ? ` at ${level.en}` : ""}: no effect`,
    );
    return undefined;
  }
  if (!warnSame(ground, change, own, changed.size > 0, warn)) return undefined;
  if (change.kind === "bands" || change.kind === "cycle") return undefined;
  if (change.kind === "trade" && (ground.trades.find(({ name }) => name === change.trade)?.workers ?? 0) === 0) {
    warn(
      "nobodyInTrade",
      `${ground.origin}年名册上没有“${change.trade}”工种的人员，改动不起作用`,
      `nobody on the roster of ${ground.origin} has the trade ${change.trade}: no effect`,
    );
    return undefined;
  }
  const total = { gained: 0, lost: 0, stopped: 0 };
  const condition = change.kind === "trade" ? undefined : change.condition;
  for (const served of own) {
    const [before, after] = [library.books.get(served.rulebook), changed.get(served.rulebook)];
    if (!before || !after) continue;
    const count = await countChanged(c, ground, served, before, after, condition);
    for (const name of ["gained", "lost", "stopped"] as const) total[name] += count[name];
  }
  if (total.gained === 0 && total.lost === 0) warnNobody(ground, total.stopped, change, warn);
  return total;
}

/** False where nothing is changed: told why. */
function warnSame(ground: Ground, change: RuleChange, own: readonly Served[], isChanged: boolean, warn: Warn): boolean {
  const { library } = ground.known;
  const book = change.rulebook === undefined ? undefined : library.books.get(change.rulebook);
  const level = book && change.level !== undefined ? book.levels.get(change.level) : undefined;
  switch (change.kind) {
    case "threshold": {
      const condition = level && findCondition(level, change.condition, change.pathway);
      if (!book || !level || !condition) return true;
      if (condition.advisory) {
        warn(
          "advisory",
          "该条件只作提示，不决定能否申报，改动不起作用",
          "the condition is listed only and decides nothing: no effect",
        );
        return false;
      }
      const users = level.pathways.filter(({ conditions }) => conditions.some(({ key }) => key === condition.key));
      if (users.length > 0 && users.every(({ waived }) => waived.has(condition.id))) {
        warn("waivedAlready", "该条件已免除，改动不起作用", "the condition is waived already: no effect");
        return false;
      }
      if (isChanged) return true;
      const value = findThreshold(condition, change.parameter)?.value;
      warn("sameValue", `与现行规定相同（${value}），改动不起作用`, `the same as at present (${value}): no effect`);
      return false;
    }
    case "waive": {
      const condition = level && findCondition(level, change.condition, change.pathway);
      if (condition?.advisory) {
        warn(
          "advisory",
          "该条件只作提示，不决定能否申报，改动不起作用",
          "the condition is listed only and decides nothing: no effect",
        );
        return false;
      }
      if (!isChanged) warn("waivedAlready", "该条件已免除，改动不起作用", "the condition is waived already: no effect");
      return isChanged;
    }
    case "trade":
      if (
        !isChanged ||
        own.every((one) => stateIs(library.books.get(one.rulebook), one.level, change.trade, change.open))
      ) {
        const words = change.open ? { zh: "已开考", en: "open" } : { zh: "已停考", en: "closed" };
        warn(
          "tradeState",
          `工种“${change.trade}”${words.zh}，改动不起作用`,
          `${change.trade} is ${words.en} already: no effect`,
        );
        return false;
      }
      return true;
    case "bands": {
      const quota = book?.quota;
      if (quota?.level !== change.level || "share" in quota) {
        const words = levelWords(change.level);
        warn(
          "noBands",
          `${book ? bookWords(book).zh : ""}的${words.zh}不按分档核定指标，改动不起作用`,
          `no quota by bands holds for ${words.en} here: no effect`,
        );
        return false;
      }
      if (!isChanged)
        warn("sameBands", "与现行分档相同，改动不起作用", "the bands are the same as at present: no effect");
      return isChanged;
    }
    case "cycle":
      if (!isChanged) {
        const years = level ? cycleOf(level) : change.years;
        warn(
          "sameCycle",
          years === 1 ? "现行就是每年申报，改动不起作用" : `现行就是每${years}年申报一次，改动不起作用`,
          years === 1
            ? "registration is yearly already: no effect"
            : `registration is every ${years} years already: no effect`,
        );
      }
      return isChanged;
  }
}

function stateIs(book: Rulebook | undefined, level: TargetLevel, trade: string, open: boolean): boolean {
  const of = book?.levels.get(level);
  return !book || !of || isOpen(book, of, trade) === open;
}

function warnNobody({ origin, years }: Ground, stopped: number, change: RuleChange, warn: Warn): void {
  const span = { zh: `${years[0]}–${years.at(-1)}年`, en: `${years[0]}–${years.at(-1)}` };
  if (change.kind === "trade" || stopped === 0) {
    warn(
      "nobodyNear",
      `${origin}年名册上的人员，${span.zh}没有人的结论因此改变${change.kind === "trade" ? "" : "（无人因该条件受限）"}`,
      `of the people on the roster of ${origin}, nobody's decision changes in ${span.en}${change.kind === "trade" ? "" : " (the condition stops nobody)"}`,
    );
    return;
  }
  warn(
    "implied",
    `${origin}年名册上有 ${stopped} 人次不符合该条件，但${span.zh}没有人的结论因此改变：同时不符合其他条件，或离改后的要求仍远`,
    `${stopped} decisions on the roster of ${origin} miss the condition, but none changes in ${span.en}: other conditions stop them too, or they are not near the new threshold`,
  );
}

function checkAssumption(ground: Ground, changes: readonly Change[], index: number, warn: Warn): void {
  const change = changes[index];
  switch (change?.kind) {
    case "passing":
    case "propensity":
      if (change.factor === 1)
        warn("sameFactor", "系数为 1，与基准相同，改动不起作用", "a factor of 1 is the base: no effect");
      else if (!ground.hasHistory)
        warn(
          "noHistory",
          "没有申报记录，无从预测申报和合格人数，改动不起作用",
          "without applications on file neither applicants nor passes are told: no effect",
        );
      else if (change.level !== undefined && !ground.served.some(({ level }) => level === change.level))
        warn("notServed", "名册所在各地都不评该等级，改动不起作用", "the level is assessed nowhere here: no effect");
      return;
    case "hiring":
      if (change.factor === 1)
        warn("sameFactor", "系数为 1，与基准相同，改动不起作用", "a factor of 1 is the base: no effect");
      return;
    case "elastic":
      if (change.earlyShare === 0 && change.lateShare === 0)
        warn("sameShares", "提前和延后的比例都是 0，改动不起作用", "nobody retires early or late: no effect");
      if (changes.findLastIndex(({ kind }) => kind === "elastic") !== index)
        warn("overridden", "后面还有弹性退休的设定，以后者为准", "a later change of elastic retirement holds instead");
      return;
    default:
      return;
  }
}
