/** A change in words: 扬州市江都区2020年：高级工 工作年限 20年 → 18年. */
import { assertNever, type Message } from "../../errors.ts";
import type { RulebookLibrary } from "../../rules/rulebook.ts";
import { cycleOf, findCondition, findThreshold } from "./apply-rule.ts";
import type { Change, ChangeOf } from "./changes.ts";
import { valueWords } from "./thresholds.ts";
import { bandWords, bookWords, levelWords, percent } from "./words.ts";

const say = (zh: string, en: string): Message => ({ zh, en });

/** Names that are not known stand as they were written. */
export function describeChange(library: RulebookLibrary, change: Change): Message {
  switch (change.kind) {
    case "threshold":
      return threshold(library, change);
    case "waive":
      return waived(library, change);
    case "trade": {
      const level = change.level === undefined ? say("各等级", "every level") : levelWords(change.level);
      const book = change.rulebook === undefined ? say("各地", "everywhere") : place(library, change.rulebook);
      return change.open
        ? say(`${book.zh}：${level.zh} 开考工种“${change.trade}”`, `${book.en}: ${level.en}, ${change.trade} is opened`)
        : say(
            `${book.zh}：${level.zh} 停考工种“${change.trade}”`,
            `${book.en}: ${level.en}, ${change.trade} is closed`,
          );
    }
    case "bands": {
      const { head } = at(library, change);
      const quota = library.books.get(change.rulebook)?.quota;
      const before = quota && !("share" in quota) ? bandWords(quota.bands) : say("无", "none");
      const after = bandWords(change.bands);
      return say(`${head.zh} 指标 ${before.zh} → ${after.zh}`, `${head.en}: quota ${before.en} → ${after.en}`);
    }
    case "cycle": {
      const { head, level } = at(library, change);
      const words = (years: number | undefined) =>
        years === undefined
          ? say("？", "?")
          : years === 1
            ? say("每年申报", "every year")
            : say(`每${years}年申报一次`, `every ${years} years`);
      const [before, after] = [words(level && cycleOf(level)), words(change.years)];
      return say(`${head.zh} ${before.zh} → ${after.zh}`, `${head.en}: registration ${before.en} → ${after.en}`);
    }
    case "passing":
      return odds(change, "考试合格", "passing the exams");
    case "propensity":
      return odds(change, "申报", "coming forward");
    case "hiring":
      return say(`今后每年新进人员为近年的 ${change.factor} 倍`, `hires of the coming years times ${change.factor}`);
    case "elastic":
      return say(
        `弹性退休：${percent(change.earlyShare)}提前 ${change.earlyMonths} 个月，${percent(change.lateShare)}延后 ${change.lateMonths} 个月`,
        `elastic retirement: ${percent(change.earlyShare)} leave ${change.earlyMonths} months early, ${percent(change.lateShare)} stay ${change.lateMonths} months longer`,
      );
    default:
      return assertNever(change);
  }
}

const place = (library: RulebookLibrary, id: string): Message => {
  const book = library.books.get(id);
  return book ? bookWords(book) : say(id, id);
};

function at(library: RulebookLibrary, change: ChangeOf<"threshold" | "waive" | "bands" | "cycle">) {
  const book = place(library, change.rulebook);
  const level = levelWords(change.level);
  return {
    head: say(`${book.zh}：${level.zh}`, `${book.en}: ${level.en}`),
    level: library.books.get(change.rulebook)?.levels.get(change.level),
  };
}

function threshold(library: RulebookLibrary, change: ChangeOf<"threshold">): Message {
  const { head, level } = at(library, change);
  const condition = level && findCondition(level, change.condition, change.pathway);
  const found = condition && findThreshold(condition, change.parameter);
  if (!found)
    return say(`${head.zh} ${change.condition} → ${change.value}`, `${head.en}, ${change.condition} → ${change.value}`);
  const [before, after] = [valueWords(found, found.value), valueWords(found, change.value)];
  return say(
    `${head.zh} ${found.label.zh} ${before.zh} → ${after.zh}`,
    `${head.en}, ${found.label.en}: ${before.en} → ${after.en}`,
  );
}

function waived(library: RulebookLibrary, change: ChangeOf<"waive">): Message {
  const { head, level } = at(library, change);
  const condition = level && findCondition(level, change.condition, change.pathway);
  const first = condition && level?.pathways.find(({ id }) => id === change.pathway);
  const on =
    change.pathway === undefined
      ? say("", "")
      : say(`（${first?.label?.zh ?? change.pathway}）`, ` (${first?.label?.en ?? change.pathway})`);
  const words = conditionWords(condition?.label, change.condition);
  return say(`${head.zh} 不再要求：${words.zh}${on.zh}`, `${head.en}: no longer asked: ${words.en}${on.en}`);
}

const conditionWords = (label: Message | undefined, id: string): Message => label ?? knownIds[id] ?? say(id, id);

/** Conditions whose notices give them no words of their own. */
const knownIds: Readonly<Record<string, Message>> = {
  service: say("工作年限", "years of service"),
  seniority: say("取得现等级年限", "years in the present level"),
  regularised: say("转正定级", "regularised"),
  "in-service": say("在职截止", "in service to the cut-off"),
  "continuing-education": say("继续教育", "continuing education"),
  appraisals: say("年度考核", "annual appraisals"),
  education: say("学历", "education"),
  "fraud-ban": say("违纪禁考期", "ban after fraud"),
};

function odds(change: ChangeOf<"passing" | "propensity">, zh: string, en: string): Message {
  const level = change.level === undefined ? say("各等级", "all levels") : levelWords(change.level);
  return say(`${level.zh} ${zh}的比数 × ${change.factor}`, `${level.en}: odds of ${en} × ${change.factor}`);
}
