/** Names and identity numbers of people who do not exist. */
import { at, type Random } from "./random.ts";

const surnames =
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严";
const malesOld = "国建志明德永福新文军伟平强华海林生荣勇成东民义龙春正贵祥根兴富庆宝学金发荣才松柏山川";
const malesNew = "宇浩杰鹏飞俊磊涛峰斌超凯旭阳晨博轩涵毅昊睿翔航佳哲睿泽嘉铭子";
const femalesOld = "秀英兰芳玲珍红梅凤霞萍莉娟琴华云芬桂香淑素爱玉美珠翠月巧菊春惠";
const femalesNew = "婷雪静丽敏倩颖欣怡佳慧琳璐莹洁梦雅瑶诗涵晴思语萱馨蕾薇妍";

const characters = (text: string): readonly string[] => [...new Set(text)];
const pools = {
  surnames: characters(surnames),
  male: [characters(malesOld), characters(malesNew)],
  female: [characters(femalesOld), characters(femalesNew)],
} as const;

/** A drawn name: no list of real names behind it; the characters follow the fashion of the birth year. */
export function drawName(random: Random, sex: "male" | "female", birthYear: number): string {
  const modern = random.chance(birthYear < 1970 ? 0.05 : birthYear < 1982 ? 0.35 : 0.85) ? 1 : 0;
  const given = at(pools[sex], modern);
  // The most frequent surnames come first: a square pulls the draw to the front.
  const surname = at(pools.surnames, Math.floor(random.share() ** 2 * pools.surnames.length));
  const first = random.pick(given);
  return surname + first + (random.chance(0.22) ? "" : random.pick(given));
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;

/** Check digit of an identity number (GB 11643) of its first 17 digits. */
export function checkDigit(digits: string): string {
  let sum = 0;
  for (const [index, weight] of weights.entries()) sum += weight * Number(digits[index]);
  return at([..."10X98765432"], sum % 11);
}

/** Hands out identity numbers in the area 999999, which no place has; one series per birth date and sex. */
export class IdentityNumbers {
  private readonly taken = new Map<string, number>();

  next(birthDate: string, sex: "male" | "female"): string {
    const key = birthDate + sex;
    const order = this.taken.get(key) ?? 0;
    if (order >= 500)
      throw new Error(`more than 500 people born ${birthDate} of one sex: too many workers for the area 999999`);
    this.taken.set(key, order + 1);
    const sequence = order * 2 + (sex === "male" ? 1 : 0);
    const digits = `999999${birthDate.replaceAll("-", "")}${String(sequence).padStart(3, "0")}`;
    return digits + checkDigit(digits);
  }
}
