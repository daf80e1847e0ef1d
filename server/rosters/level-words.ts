/** Grade-worker levels in words and numbers: 中级, 四级, 4, 中级工四级, 高级技师（一级）, 技术工四级. */
import type { Message } from "../errors.ts";
import type { Meaning } from "./words.ts";
import { wordKey } from "./words.ts";

const names: Readonly<Record<string, string>> = {
  none: "无 无等级 普通工 普工 未定级 无证 未取得 未评 未定 没有 无技术等级 无技术等级证书 无职业资格 学徒 学徒工 none",
  junior: "初级工 初级 初级技工 初级技术工 初工 junior",
  intermediate: "中级工 中级 中级技工 中级技术工 中工 intermediate",
  senior: "高级工 高级 高级技工 高级技术工 高工 senior",
  technician: "技师 工人技师 普通技师 technician",
  seniorTechnician: "高级技师 高级工人技师 seniorTechnician",
};
/** 五级 is the lowest, 一级 the highest. */
const numbered: readonly (readonly [code: string, han: string, arabic: string, roman: string])[] = [
  ["junior", "五", "5", "v"],
  ["intermediate", "四", "4", "iv"],
  ["senior", "三", "3", "iii"],
  ["technician", "二", "2", "ii"],
  ["seniorTechnician", "一", "1", "i"],
];
const prefixes = ["", "技术工", "工勤技能", "工勤", "技工", "职业资格", "国家职业资格", "职业技能", "技能"];

const levelKey = (text: string) => wordKey(text).replace(/[-/\\|·—–~,、;。.等]/g, "");

const words = new Map<string, string>();
for (const [code, text] of Object.entries(names)) {
  for (const word of text.split(" ")) words.set(levelKey(word), code);
}
/** "4" alone: the office may count the other way round. */
const bare = new Map<string, string>();
for (const [code, han, arabic, roman] of numbered) {
  for (const number of [han, arabic, roman]) {
    for (const prefix of prefixes) {
      for (const suffix of ["级", "级工"]) words.set(levelKey(`${prefix}${number}${suffix}`), code);
    }
  }
  bare.set(arabic, code);
}

const bareNumber: Message = {
  zh: "单独的数字按国家职业资格等级录入：5 最低，1 最高",
  en: "a bare number is taken as the national scale: 5 lowest, 1 highest",
};

/** 高级技师一级 → [seniorTechnician, seniorTechnician]; undefined when the text is not two level words. */
function twoWords(key: string): readonly [string, string] | undefined {
  for (let cut = 1; cut < key.length; cut++) {
    const [first, second] = [words.get(key.slice(0, cut)), words.get(key.slice(cut))];
    if (first !== undefined && second !== undefined) return [first, second];
  }
  return undefined;
}

/** Two words of one cell that name different levels. */
export interface LevelConflict {
  readonly conflict: readonly [string, string];
}

/** The level a cell names; undefined when it names none. */
export function readLevel(text: string): Meaning<string> | LevelConflict | undefined {
  const key = levelKey(text);
  const code = words.get(key);
  if (code !== undefined) return { value: code };
  const number = bare.get(key);
  if (number !== undefined) return { value: number, why: bareNumber };
  if (key.length > 24) return undefined;
  const both = twoWords(key);
  if (!both) return undefined;
  return both[0] === both[1] ? { value: both[0] } : { conflict: both };
}

/** For suggestions. */
export const levelWords: readonly string[] = [
  ...Object.values(names).flatMap((text) => text.split(" ").slice(0, 2)),
  ...numbered.map(([, han]) => `${han}级`),
];
