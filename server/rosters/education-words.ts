/** Education in words and in the two-digit codes of GB/T 4658: 大专, 函授大专, 大学本科毕业, 31, 专业证书. */
import type { Message } from "../errors.ts";
import type { EnumValue } from "../rules/facts.ts";
import { enumWords, type Meaning, type WordLine, type Words, wordKey } from "./words.ts";

const why = (zh: string, en: string): Message => ({ zh, en });

const lines: readonly WordLine<string>[] = [
  ["doctor", "博士学位 博士生"],
  ["master", "硕士学位 硕士生 研究生班 研究生学历"],
  ["bachelor", "学士 大本 本科生 大学生 大学普通班 四年制本科 大学学历"],
  ["college", "高职 高职高专 高等职业教育 高等专科 大专生 专科生 大普"],
  ["secondarySpecialised", "中等专科 中等专业学校 中等专业 中师 中技中专 职业中专 普通中专 成人中专"],
  ["vocationalHigh", "职业高中 高中职高 职中 职业中学 高级职业中学"],
  ["technicalSchool", "中技 技工 技工院校 普通技校"],
  ["advancedTechnicalSchool", "高级技工 高技班 高级技工班 高技"],
  ["technicianCollege", "技师学院预备技师 预备技师 预备技师班"],
  ["seniorSecondary", "普高 普通高中 普通高级中学 高级中学"],
  ["juniorSecondary", "初级中学 普通初中"],
  ["primary", "高小 初小 完小"],
  [
    "secondarySpecialised",
    "中职 中等职业教育 中等职业学校 中等职业",
    why("中等职业教育包括中专、职高、技校，按中专录入", "secondary vocational education of any kind: taken for 中专"),
  ],
  [null, "其他 其它 不详学历 未知", why("学历不明，按未知录入", "no education is named: taken as unknown")],
  [
    null,
    "文盲 半文盲 文盲半文盲 无学历 扫盲班",
    why("目录中没有更低的学历，按未知录入", "below every listed education: taken as unknown"),
  ],
];

const gbCode = why("按 GB/T 4658 学历代码录入", "taken as a code of GB/T 4658");
const gbGraduate: Readonly<Record<string, string>> = {
  "10": "master",
  "11": "doctor",
  "14": "master",
  "17": "master",
  "20": "bachelor",
  "21": "bachelor",
  "28": "bachelor",
  "30": "college",
  "31": "college",
  "40": "secondarySpecialised",
  "41": "secondarySpecialised",
  "44": "vocationalHigh",
  "47": "technicalSchool",
  "60": "seniorSecondary",
  "61": "seniorSecondary",
  "70": "juniorSecondary",
  "71": "juniorSecondary",
  "80": "primary",
  "81": "primary",
};
/** 结业 and 肄业: the course was left without the degree. */
const gbUnfinished = new Set("12 13 15 16 18 19 22 23 32 33 42 43 45 46 48 49 62 63 73 83".split(" "));

const unfinished = why("结业、肄业不等于毕业，按未知录入", "the course was not graduated from: taken as unknown");
const partySchool = why(
  "党校学历是否等同国民教育学历由工考部门认定，先按同级录入",
  "a party-school degree is taken for the same degree until the office says otherwise",
);

const adult =
  /^(?:全日制|普通|在职|成人|函授|自学考试|自学|自考|电大|广播电视大学|夜大|业余|脱产|远程|网络|网络教育|开放|继续教育|国家承认|国民|国民教育)+/;
const party = /^(?:中央|省委|市委|省|市)*党校(?:函授)?/;
const ending = /(?:毕业|学历|文化|程度|文化程度|教育|毕业生)+$/;
const form = /(?:全日制|在职|成人|函授|自学考试|自考|电大|夜大|业余|远程|网络|脱产)+$/;

/** Two words joined of which the longer tells what it is: they are looked up whole first. */
export class EducationWords {
  readonly #words: Words<string>;

  constructor(values: readonly EnumValue[]) {
    this.#words = enumWords(values, lines);
  }

  read(text: string): Meaning<string> | undefined {
    const key = wordKey(text);
    if (/^\d\d$/.test(key)) return gbMeaning(key);
    const known = this.#words.read(key);
    if (known) return known;
    if (/结业|肄业|在读|未毕业/.test(key)) return { value: null, why: unfinished };
    const fromParty = key.replace(party, "");
    const bare = this.#bare(fromParty);
    if (!bare) return undefined;
    return fromParty === key || bare.value === null ? bare : { value: bare.value, why: bare.why ?? partySchool };
  }

  /** Without how and where it was studied. */
  #bare(key: string): Meaning<string> | undefined {
    for (const stripped of [key.replace(ending, ""), key.replace(adult, "").replace(ending, "").replace(form, "")]) {
      const found = this.#words.read(stripped);
      if (found) return found;
    }
    return undefined;
  }

  nearest(text: string): string | undefined {
    return this.#words.nearest(text);
  }
}

function gbMeaning(code: string): Meaning<string> | undefined {
  const value = gbGraduate[code];
  if (value !== undefined) return { value, why: gbCode };
  if (gbUnfinished.has(code)) return { value: null, why: unfinished };
  return code === "90" ? { value: null, why: gbCode } : undefined;
}

/** 专业证书: no degree; the notices count it as college for those who hold it, which has a column of its own. */
export const isProfessionalCertificate = (text: string): boolean =>
  /^(?:成人高等教育|成人高教|高等教育)?专业证书(?:视同大专|相当大专|班)?$/.test(wordKey(text));
