/** Every kind of fault, each made by one change of a sound rulebook. ‹ stands before what is at fault. */
import { expect } from "vitest";
import type { FaultName } from "../../server/rules/diagnostic.ts";
import { smallBook } from "./small-book.ts";

export interface FaultyFiles {
  readonly kind: FaultName;
  /** File name → text, one of them with the mark. */
  readonly files: Readonly<Record<string, string>>;
  /** Part of the Chinese suggestion. */
  readonly hint: string;
}

type Change = readonly [from: string, to: string];

/** A text with the first occurrence of each of some texts replaced. */
function changed(text: string, ...changes: readonly Change[]): string {
  return changes.reduce((so, [from, to]) => {
    expect(so).toContain(from);
    return so.replace(from, () => to);
  }, text);
}

const inSmall = (kind: FaultName, hint: string, ...changes: readonly Change[]): FaultyFiles => ({
  kind,
  files: { "meishan-2024.yaml": changed(smallBook, ...changes) },
  hint,
});

const one = (kind: FaultName, from: string, to: string, hint: string) => inSmall(kind, hint, [from, to]);

/** A second rulebook that extends the small one, sound but for the text given. */
const child = (text: string) => `id: leshan-2024
title: { zh: 乐山, en: Leshan }
document: 乐人社〔2024〕2号
extends: meishan-2024
${text}
people:
  junior: { sex: male, birthDate: 1990-05-01, onPost: true, level: none, education: college, workStartedOn: 2015-07-01, appraisals: { 2022: qualified, 2023: excellent }, honours: [] }
cases:
  - { name: all there, level: junior, expect: { decision: eligible } }
`;

const inChild = (kind: FaultName, text: string, hint: string): FaultyFiles => ({
  kind,
  files: { "meishan-2024.yaml": smallBook, "leshan-2024.yaml": child(text) },
  hint,
});

const onPost = "value: { fact: onPost, is: true }";
const normal = "- { id: normal, module: normal, label: { zh: 正常, en: normal } }";
/** Before which conditions are added. */
const addCondition = "  honour:\n";
const bandsAndCases =
  "  bands:\n    - { from: 10, places: 2 }\n    - { from: 1, places: 1 }\n  cases:\n    - { technicians: 10, places: 2 }\n";
const many = Array.from({ length: 60 }, (_, index) => `many-${"abcdefghij"[index % 10]}${index}`);

/** A second level, of people who hold the first. */
const intermediate = `  intermediate:
    window: { from: Y-03-01, to: Y-03-31, cite: 十 }
    cutOff: Y-12
    conditions: [on-post, certified]
    pathways:
      - { id: normal, module: normal, label: { zh: 正常, en: normal } }

quota:`;
const intermediateCase =
  "\ncases:\n  - { name: holds one, level: intermediate, facts: { onPost: true, level: junior }, expect: { decision: eligible } }\n";

export const faults: readonly FaultyFiles[] = [
  // the text
  one("syntax", "document: 眉人社〔2024〕1号\n\n", "document: [眉\n\n‹", "闭合"),
  one("syntax", "  junior:\n    window", "‹\tjunior:\n    window", "空格"),
  one("syntax", "cutOff: Y-12\n    conditions", "cutOff：Y-12\n    conditions‹", "英文半角“:”"),
  one("syntax", "schools: [college, bachelor]", "schools: &all [college, ‹*all]", "引用它自己"),
  one("duplicateKey", "  level: { cite: 二", "  ‹on-post: { cite: 二", "改用别的名称"),
  one("duplicateKey", "    cutOff: Y-12", "    cutOff: Y-12\n    ‹cutOff: Y-11", "删去其中一个"),
  one("unknownKey", "document: 眉", "‹documnt: x\ndocument: 眉", "是否指 document"),
  one("unknownKey", "cutOff: Y-12", "cutOff: Y-12\n    ‹remark: [praised]", "是否指 remarks"),
  one("unknownKey", "cite: 一,", "cite: 一, ‹lable: { zh: 甲, en: a },", "是否指 label"),
  one("unknownKey", "is: true }", "‹is：true }", "英文半角“:”"),
  one("unknownKey", "zh: 眉山市2024年考核, en", "zh: 眉山市2024年考核, ‹全市, en", "整段文字请加引号"),
  one("unknownKey", "is: true }", "is: true, ‹absnt: false }", "是否指 absent"),
  one("unknownKey", "rank: { atLeast: municipal }", "‹rang: { atLeast: municipal }", "是否指 rank"),
  one("unknownKey", "waive: [education] }", "‹waives: [education] }", "是否指 waive"),
  one("unknownKey", "{ from: 10, places: 2 }", "{ from: 10, ‹place: 2 }", "是否指 places"),
  one("unknownKey", onPost, "value: { ‹fct: onPost, is: true }", "是否指 fact"),
  one("unknownKey", onPost, "value: { fact: onPost, ‹iss: true }", "是否指 is"),
  ...["lists", "conditions", "levels", "people", "cases", "quota"].map((key) =>
    one("unknownKey", `\n${key}:\n`, `\n‹${key.slice(0, -2)}x:\n`, `是否指 ${key}`),
  ),
  {
    kind: "unknownKey",
    files: {
      "meishan-2024.yaml": smallBook,
      "leshan-2024.yaml": changed(child("conditions: { level: { cite: 二 } }"), ["extends", "‹extend"]),
    },
    hint: "是否指 extends",
  },
  one("unknownKey", "    conditions: [on-post", "    ‹condition: [on-post", "是否指 conditions"),
  one("unknownKey", "all there, level: junior,", "all there, level: junior, ‹fact: {},", "是否指 facts"),
  one(
    "missingKey",
    "id: meishan-2024\ntitle: { zh: 眉山市2024年考核, en: Meishan 2024 }\ndocument: 眉人社〔2024〕1号",
    "‹id: meishan-2024\ntitle: { zh: 眉山市2024年考核, en: Meishan 2024 }",
    "document",
  ),
  one("missingKey", "title: { zh: 眉山市2024年考核, en: Meishan 2024 }", "‹title: { zh: 眉山市2024年考核 }", "en"),
  one("missingKey", onPost, "‹value: { is: true }", "fact"),
  one("missingKey", "retirement: { after: cutOff }", "‹lapsed: { fact: fraudRecordedOn, years: 2 }", "window.from"),
  one("missingKey", normal, "- ‹{ id: normal, label: { zh: 正常, en: normal } }", "normal、early"),
  one("missingKey", "elapsed: { from: workStartedOn, count: day,", "‹elapsed: { from: workStartedOn,", "count"),
  one(
    "missingKey",
    "of: [{ fact: appraisals, in: [excellent, qualified] }]",
    "of: [‹{ fact: appraisals }]",
    "in: [excellent]",
  ),
  one(
    "missingKey",
    normal,
    "- { id: normal, module: normal, label: { zh: 正常, en: normal }, ‹relieve: [service] }",
    "door",
  ),
  one("wrongValue", "document: 眉人社〔2024〕1号", "document: ‹[1]", "文字"),
  one("wrongValue", "cite: 一, value", "cite: ‹5, value", '请加引号："5"'),
  one("wrongValue", "atLeast: 3 }", "atLeast: ‹three }", "整数"),
  one("wrongValue", "atLeast: 3 }", "atLeast: ‹-1 }", "不小于 0"),
  one("wrongValue", "count: day", "count: ‹days", "是否指 day"),
  one("wrongValue", "places: 2", "places: ‹2.5", "整数"),
  one("wrongValue", "is: true }", "is: ‹yes }", "is: true"),
  one("wrongValue", "is: true }", "is: true, in: ‹schools }", "恰好"),
  one("wrongValue", "atLeast: 3 }", "atLeast: 3, lessThan: ‹9 }", "恰好"),
  one("wrongValue", "from: -2, through: -1, every", "from: ‹-2, every", "through"),
  one("wrongValue", "rank: { atLeast: municipal }", "rank: ‹true", "atLeast"),
  one("wrongValue", "cutOff: Y-12", "‹cutOff:", "应为Y-08-31"),
  inSmall(
    "wrongValue",
    "删去 relieve",
    [addCondition, `  not-normal: { cite: 六, noneMet: normal }\n${addCondition}`],
    [
      normal,
      `${normal}\n      - { id: late, module: early, label: { zh: 晚, en: late }, door: not-normal, ‹relieve: [service] }`,
    ],
  ),
  inSmall(
    "wrongValue",
    "按信息判断",
    [addCondition, `  not-normal: { cite: 六, noneMet: normal }\n${addCondition}`],
    ["remarks: [praised]", "remarks: [praised, ‹not-normal]"],
  ),
  one("wrongValue", normal, "- { id: normal, module: normal, label: ‹正常 }", "请写 { zh: 正常, en: … }"),
  one("wrongValue", "quota:\n  level: junior", "quota:\n  level: ‹[junior, senior]", "只写一个"),
  one(
    "wrongValue",
    `quota:\n  level: junior\n  cite: 十一\n${bandsAndCases}`,
    "quota:\n  ‹- { level: junior }\n",
    "只能写一项",
  ),
  ...["12%", "12"].map((share) =>
    one("wrongValue", bandsAndCases, `  share: { of: posts, atMost: ‹${share} }\n`, "百分之 12 写 0.12"),
  ),
  one("invalidDate", "through: window.to", "through: ‹Y-13-01", "Y-08-31"),
  one("invalidDate", "from: Y-03-01, to", "from: ‹Y-02-30, to", "Y-08-31"),
  one("invalidDate", "to: Y-03-31", "to: ‹window.from", "Y-08-31"),
  one("invalidDate", "cutOff: Y-12", "cutOff: ‹next year", "Y-08-31"),
  one("invalidId", "id: meishan-2024", "id: ‹Meishan", "nantong-2023"),
  one("invalidId", "id: meishan-2024", "id: ‹meishan-3024", "2000…2100"),
  one("fileName", "id: meishan-2024", "id: ‹leshan-2024", "leshan-2024.yaml"),
  one("emptyList", "schools: [college, bachelor]", "schools: ‹[]", "至少写一项"),
  one("emptyList", "kind: [modelWorker]", "kind: ‹[]", "至少写一项"),
  one("emptyList", onPost, "any: ‹[]", "至少写一项"),
  one(
    "emptyList",
    normal,
    `${normal}\n      - ‹{ id: open, module: direct, label: { zh: 开, en: open }, omit: [on-post, level, education, service, appraisals, in-service] }`,
    "add",
  ),
  // conditions
  one("unknownOperator", "cite: 一, value:", "cite: 一, ‹valeu:", "是否指 value"),
  one("unknownOperator", onPost, "any: [{ ‹numbr: { fact: papersInTrade, atLeast: 1 } }]", "是否指 number"),
  one("operatorCount", onPost, `${onPost}, ‹level: { is: below }`, "all"),
  one("operatorCount", `  on-post: { cite: 一, ${onPost} }`, "  ‹on-post: { cite: 一 }", "value"),
  one("operatorCount", onPost, "all: [‹{ id: nothing }]", "value"),
  one("unknownFact", "fact: onPost", "fact: ‹onPots", "是否指 onPost"),
  one("unknownFact", "from: workStartedOn", "from: ‹workStarted", "是否指 workStartedOn"),
  one("unknownFact", "fact: appraisals, in", "fact: ‹apraisals, in", "是否指 appraisals"),
  one("unfitFact", "from: workStartedOn", "from: ‹onPost", "birthDate"),
  one(
    "unfitFact",
    "fact: honours, where: { kind: [modelWorker]",
    "fact: ‹sex, where: { kind: [modelWorker]",
    "honours",
  ),
  one(
    "unfitFact",
    "retirement: { after: cutOff }",
    "lapsed: { fact: ‹workStartedOn, years: 2, by: window.from }",
    "fraudRecordedOn",
  ),
  one("unknownValue", "kind: [modelWorker]", "kind: [‹modelWorkr]", "是否指 modelWorker"),
  one("unknownValue", "in: [excellent, qualified]", "in: [excellent, ‹qualifid]", "是否指 qualified"),
  one("unknownValue", "schools: [college, bachelor]", "schools: [‹大专]", "是否指 college（大专）"),
  one("unknownValue", "schools: [college, bachelor]", "schools: [‹college，bachelor]", "英文半角“,”"),
  one("unknownValue", "in: schools", "in: [college, ‹bachelors]", "是否指 bachelor"),
  one("unknownValue", "atLeast: municipal", "atLeast: ‹municipall", "是否指 municipal"),
  one("unknownValue", "schools: [college, bachelor]", "schools: [college, ‹bachelr]", "是否指 bachelor"),
  one("missingCitation", "  on-post: { cite: 一, value", "  ‹on-post: { value", "cite"),
  // references
  one("duplicateId", "- { id: honoured,", "- { id: ‹normal,", "另写 id"),
  one("duplicateId", "waive: [education]", "waive: [education], add: [‹honour]", "请从 add 中删去"),
  one("duplicateId", "conditions: [on-post, level,", "conditions: [on-post, ‹on-post, level,", "删去一个"),
  one("duplicateId", "name: not on post", "name: ‹all there", "另取案例名"),
  {
    kind: "duplicateId",
    files: { "meishan-2024.yaml": smallBook, "meishan-2024.yml": smallBook.replace("id: m", "id: ‹m") },
    hint: "改名称",
  },
  {
    kind: "unknownRulebook",
    files: { "meishan-2024.yaml": smallBook, "leshan-2024.yaml": child("").replace("extends: m", "extends: ‹wm") },
    hint: "是否指 meishan-2024",
  },
  {
    kind: "circularExtends",
    files: {
      "meishan-2024.yaml": smallBook.replace("document", "extends: leshan-2024\ndocument"),
      "leshan-2024.yaml": child("").replace("extends: m", "extends: ‹m"),
    },
    hint: "extends",
  },
  one("unknownCondition", "conditions: [on-post,", "conditions: [‹on-pots,", "是否指 on-post"),
  inSmall(
    "unknownCondition",
    "civic 是 honour 的一项",
    [
      "items: { fact: honours, where: { kind: [modelWorker], rank: { atLeast: municipal } } }",
      "any: [{ id: civic, value: { fact: uniqueSkill, is: true } }]",
    ],
    ["door: honour", "door: ‹civic"],
  ),
  one("unknownCondition", "door: honour", "door: ‹honor", "是否指 honour"),
  one(
    "unknownCondition",
    "selectionExemption: review-failed",
    "selectionExemption: ‹review-faild",
    "是否指 review-failed",
  ),
  inChild("unknownPathway", "levels:\n  junior: { pathways: [normal, ‹honored] }", "是否指 honoured"),
  one("unknownList", "in: schools", "in: ‹school", "是否指 schools"),
  one("unknownLevel", "levels:\n  junior", "levels:\n  ‹juniour", "是否指 junior"),
  one("unknownLevel", "all there, level: junior", "all there, level: ‹juniour", "是否指 junior"),
  one("unknownLevel", "all there, level: junior", "all there, level: ‹senior", "是否指 junior"),
  one("unknownLevel", "quota:\n  level: junior", "quota:\n  level: ‹senior", "是否指 junior"),
  one("unknownLevel", "people:\n  junior", "people:\n  ‹senior: {}\n  junior", "是否指 junior"),
  one("unknownModule", "module: normal", "module: ‹norml", "是否指 normal"),
  one("unknownModule", onPost, "noneMet: ‹norml", "是否指 normal"),
  inSmall(
    "unknownModule",
    "exceptional",
    [addCondition, `  not-direct: { cite: 六, noneMet: direct }\n${addCondition}`],
    [normal, `${normal}\n      - ‹{ id: late, module: early, label: { zh: 晚, en: late }, door: not-direct }`],
  ),
  one("absentCondition", "waive: [education]", "waive: [‹educatoin]", "是否指 education"),
  one("absentCondition", "waive: [education]", "omit: [service], waive: [‹service]", "可用：on-post"),
  inSmall(
    "absentCondition",
    "schooling 是条件 education 里 any 的一项",
    [
      "education: { cite: 三, value: { fact: education, in: schools } }",
      "education: { cite: 三, any: [{ id: schooling, value: { fact: education, in: schools } }] }",
    ],
    ["waive: [education]", "waive: [‹schooling]"],
  ),
  one("absentCondition", "waive: [education]", "omit: [‹praised]", "on-post"),
  one("absentCondition", "waive: [education]", "replace: { ‹praise: praised }", "on-post"),
  inChild("absentCondition", "levels:\n  junior: { ‹conditions: [on-post, level] }", "重写该途径"),
  one("missingDate", "  junior:\n    window: { from: Y-03-01, to: Y-03-31, cite: 十 }\n", "  ‹junior:\n", "window"),
  one(
    "missingDate",
    "  junior:\n    window: { from: Y-03-01, to: Y-03-31, cite: 十 }\n    cutOff: Y-12\n",
    "  ‹junior:\n    window: { from: Y-03-01, to: Y-03-31, cite: 十 }\n",
    "cutOff",
  ),
  inChild("noPathway", "covers: [junior, ‹senior]", "pathways"),
  // sense
  one(
    "impossibleCondition",
    `  on-post: { cite: 一, ${onPost} }`,
    "  ‹on-post: { cite: 一, all: [{ date: { fact: resettledOn, notAfter: Y-01-01 } }, { date: { fact: resettledOn, notBefore: Y-06-01 } }, { present: { fact: resettledOn } }] }",
    "互相冲突",
  ),
  inSmall(
    "contradiction",
    "改正其一",
    [addCondition, `  ‹off-post: { cite: 一, value: { fact: onPost, is: false } }\n${addCondition}`],
    ["conditions: [on-post,", "conditions: [on-post, off-post,"],
  ),
  inSmall(
    "contradiction",
    "改正其一",
    [addCondition, `  ‹started: { cite: 四, date: { fact: workStartedOn, notBefore: Y-01-01 } }\n${addCondition}`],
    ["in-service]", "in-service, started]"],
  ),
  inSmall(
    "unreachablePathway",
    "certified",
    [addCondition, `  certified: { id: level, cite: 二, level: { is: justBelow, certified: true } }\n${addCondition}`],
    ["\nquota:", intermediate],
    ["\ncases:\n", intermediateCase],
    [
      normal,
      `${normal}\n      - ‹{ id: held, module: direct, label: { zh: 持证, en: held }, replace: { level: certified } }`,
    ],
  ),
  inSmall(
    "unreachablePathway",
    "noneMet",
    [addCondition, `  not-early: { cite: 六, noneMet: early }\n${addCondition}`],
    [normal, `${normal}\n      - ‹{ id: late, module: early, label: { zh: 晚, en: late }, door: not-early }`],
  ),
  one(
    "uselessPathway",
    normal,
    `${normal}\n      - ‹{ id: strict, module: normal, label: { zh: 严, en: strict }, add: [praised] }`,
    "waive",
  ),
  inSmall("uselessPathway", "请为它写 door", [
    normal,
    `- ‹${normal.slice(2)}\n      - { id: open, module: normal, label: { zh: 开, en: open }, waive: [service] }`,
  ]),
  one(
    "openWaiver",
    normal,
    `${normal}\n      - { id: open, module: direct, label: { zh: 开, en: open }, ‹waive: [service] }`,
    "请写 door",
  ),
  one("windowOrder", "to: Y-03-31", "to: ‹Y-02-28", "(Y+1)-02-28"),
  one("windowOrder", "to: Y-03-31", "to: ‹2024-03-31", "对调"),
  one("windowOrder", "from: -2, through: -1", "from: -1, through: ‹-2", "from: -2"),
  one("bandGap", "{ from: 1, places: 1 }", "{ from: ‹3, places: 1 }", "from: 1"),
  one("bandOverlap", "{ from: 1, places: 1 }", "{ from: 1, places: 1 }\n    - { from: ‹10, places: 3 }", "改 from"),
  one("bandOrder", "places: 2", "places: ‹0", "不少于 1"),
  inSmall(
    "untestedQuota",
    "cases",
    ["\nquota:", "\n‹quota:"],
    ["  cases:\n    - { technicians: 10, places: 2 }\n", ""],
  ),
  one("unknownTrade", "praised: { cite: 九,", "praised: { cite: 九, trades: [‹电土],", "是否指 电工"),
  one(
    "unknownTrade",
    "items: { fact: honours, where: { kind: [commendation] } }",
    "value: { fact: trade, in: [茶园工, ‹电土] }",
    "是否指 电工",
  ),
  inSmall(
    "tooMany",
    "合并",
    [addCondition, `${many.map((key) => `  ${key}: { cite: 一, ${onPost} }\n`).join("")}${addCondition}`],
    ["in-service]\n", `in-service, ${many.join(", ")}]\n`],
    ["levels:\n  junior", "levels:\n  ‹junior"],
  ),
  one("unused", "  honour:\n", "  ‹spare: { cite: 六, value: { fact: onPost, is: true } }\n  honour:\n", "删去"),
  one("unused", "lists:\n", "lists:\n  ‹spare: [电工]\n", "删去"),
  inChild("unused", "covers: [junior]\nlevels:\n  ‹senior: { conditions: [on-post] }", "covers"),
  one("missingLabel", normal, "- ‹{ id: normal, module: normal }", "label"),
  // cases
  {
    kind: "noCases",
    files: {
      "meishan-2024.yaml": smallBook.slice(0, smallBook.indexOf("\npeople:")).replace("levels:\n  j", "levels:\n  ‹j"),
    },
    hint: "cases",
  },
  one("impossibleFacts", "    sex: male", "    sex: ‹mal", "是否指 male"),
  one("impossibleFacts", "education: college", "education: ‹大专", "是否指 college（大专）"),
  one("impossibleFacts", "birthDate: 1990-05-01", "birthDate: ‹1990-02-30", "2023-06-30"),
  one("impossibleFacts", "facts: { onPost: false }", "facts: { ‹onPots: false }", "是否指 onPost"),
  one("unknownExpectation", "blocking: [on-post]", "blocking: [‹on-pots]", "是否指 on-post"),
  one("unknownExpectation", "pathways: { normal: unmet }", "pathways: { ‹norml: unmet }", "是否指 normal"),
  one("unknownExpectation", "honoured: { education: waived }", "honoured: { ‹educaton: waived }", "是否指 education"),
  one("unknownExpectation", "modules: [exceptional]", "modules: [‹exceptionl]", "是否指 exceptional"),
  one(
    "unknownExpectation",
    "expect: { decision: eligible }",
    "expect: { decision: eligible, remarks: [‹praise] }",
    "是否指 praised",
  ),
  one(
    "unknownExpectation",
    "expect: { decision: eligible }",
    "expect: { decision: eligible, missing: [‹birthDay] }",
    "是否指 birthDate",
  ),
  {
    kind: "missingPerson",
    files: {
      "meishan-2024.yaml": changed(smallBook.replace(/\npeople:\n(?: {2}.*\n)+/, ""), [
        "levels:\n  junior",
        "levels:\n  ‹junior",
      ]),
    },
    hint: "符合条件的 junior",
  },
  inSmall(
    "ineligiblePerson",
    "先改正他",
    ["people:\n  junior", "people:\n  ‹junior"],
    ["onPost: true\n", "onPost: false\n"],
  ),
  one("failedCase", "{ technicians: 10, places: 2 }", "{ technicians: 10, places: ‹1 }", "places: 2"),
  one("failedCase", "blocking: [on-post] }", "blocking: ‹[level] }", '["on-post"]（途径 normal）'),
  one("failedCase", "expect: { decision: eligible }", "expect: { decision: ‹ineligible }", 'decision: "eligible"'),
];
