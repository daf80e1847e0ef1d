/** The doubts that rosters and applications can raise: their codes, how grave they are, and their words. */
import type { Message } from "../errors.ts";

export interface FindingCode {
  /** Stable, for scripts. */
  readonly code: string;
  /** error: something on file is wrong. warning: it may be right, somebody should look. */
  readonly severity: "error" | "warning";
  readonly about: "worker" | "unit" | "application";
  readonly label: Message;
  /** The sentence of a finding; {was}, {now} and {other} stand for its values. */
  readonly sentence: Message;
  /** When it is found. */
  readonly explain: Message;
}

/** Raised with every change of what is found, so that every database looks again. */
export const checksVersion = 1;

type Words = readonly [zh: string, en: string];

const finding =
  (severity: FindingCode["severity"], about: FindingCode["about"]) =>
  (code: string, label: Words, sentence: Words, explain: Words): FindingCode => ({
    code,
    severity,
    about,
    label: { zh: label[0], en: label[1] },
    sentence: { zh: sentence[0], en: sentence[1] },
    explain: { zh: explain[0], en: explain[1] },
  });
const error = finding("error", "worker");
const warning = finding("warning", "worker");

export const findingCodes: readonly FindingCode[] = [
  error(
    "duplicate-person",
    ["一人多条", "one person twice"],
    [
      "身份证号与人员 {now}（{other}）相同：同一人在同一年度名册中出现多次",
      "the same identity number as {now} ({other}): one person twice on the roster",
    ],
    [
      "同一年度名册中，不同人员编号的身份证号相同",
      "the same identity number under several worker numbers on one roster",
    ],
  ),
  error(
    "two-birth-dates",
    ["同一人两个出生日期", "two dates of birth"],
    [
      "身份证号与人员 {other} 相同，但出生日期一处为 {was}，一处为 {now}",
      "the same identity number as {other}, born {was} there and {now} here",
    ],
    [
      "身份证号相同而人员编号不同的两行，出生日期不可能相同",
      "two rows with one identity number and different worker numbers exclude each other's date of birth",
    ],
  ),
  error(
    "work-start-under-16",
    ["参加工作时不满16岁", "under 16 at work start"],
    ["{now} 参加工作，{was} 出生：不满 16 岁", "started work {now}, born {was}: under 16"],
    ["参加工作时间必定早于 16 岁生日", "the start of work surely lies before the 16th birthday"],
  ),
  error(
    "born-too-late",
    ["出生日期过晚", "born too late"],
    ["出生日期 {now}：{was} 年底不满 16 岁", "born {now}: under 16 at the end of {was}"],
    ["名册年度 12 月 31 日不满 16 岁", "under 16 on 31 December of the roster year"],
  ),
  error(
    "certificate-before-work",
    ["证书早于参加工作", "certificate before work started"],
    [
      "{other}证书时间 {now} 早于参加工作时间 {was}",
      "the certificate ({other}) of {now} is older than the start of work, {was}",
    ],
    ["取得现等级时间必定早于参加工作时间", "the level was surely obtained before work started"],
  ),
  error(
    "level-date-in-future",
    ["取得等级时间在名册之后", "level date in the future"],
    [
      "取得现等级时间 {now} 晚于名册年度 {was} 年底",
      "the level was obtained {now}, after the end of the roster year {was}",
    ],
    ["取得现等级时间晚于名册年度 12 月 31 日", "the level date lies after 31 December of the roster year"],
  ),
  error(
    "work-start-in-future",
    ["参加工作时间在名册之后", "work start in the future"],
    ["参加工作时间 {now} 晚于名册年度 {was} 年底", "work started {now}, after the end of the roster year {was}"],
    ["参加工作时间晚于名册年度 12 月 31 日", "the start of work lies after 31 December of the roster year"],
  ),
  error(
    "birth-date-moved",
    ["出生日期变动", "birth date moved"],
    ["出生日期由 {was}（{other} 年名册）变为 {now}", "born {was} by the roster of {other}, {now} by this one"],
    ["与此前最近一年名册的出生日期不可能相同", "excludes the date of birth of the roster before"],
  ),
  error(
    "sex-changed",
    ["性别变动", "sex changed"],
    ["性别由{was}（{other} 年名册）变为{now}", "{was} by the roster of {other}, {now} by this one"],
    ["与此前最近一年名册的性别不同", "differs from the roster before"],
  ),
  error(
    "identity-changed",
    ["身份证号变动", "identity number changed"],
    [
      "身份证号与 {other} 年名册不同：可能是人员编号重复使用",
      "another identity number than on the roster of {other}: a worker number used twice?",
    ],
    [
      "人员编号相同，与此前最近一年名册的身份证号不同",
      "the same worker number with another identity number than on the roster before",
    ],
  ),
  error(
    "level-fell",
    ["等级下降", "level fell"],
    ["技术等级由{was}（{other} 年名册）降为{now}", "{was} by the roster of {other}, {now} by this one"],
    ["技术等级低于此前最近一年名册", "a lower level than on the roster before"],
  ),
  error(
    "work-start-moved",
    ["参加工作时间变动", "work start moved"],
    [
      "参加工作时间由 {was}（{other} 年名册）变为 {now}",
      "work started {was} by the roster of {other}, {now} by this one",
    ],
    ["与此前最近一年名册的参加工作时间不可能相同", "excludes the start of work of the roster before"],
  ),
  error(
    "level-date-earlier",
    ["取得等级时间提前", "level date earlier"],
    [
      "等级未变，取得时间由 {was}（{other} 年名册）提前到 {now}",
      "the same level, obtained {was} by the roster of {other} and {now} by this one",
    ],
    ["等级与此前最近一年名册相同，取得时间却更早", "the level of the roster before, obtained earlier"],
  ),
  error(
    "level-date-too-early",
    ["晋级时间早于上一名册", "promoted before the roster before"],
    [
      "取得现等级时间 {now} 早于 {was} 年底，而当年名册仍为{other}",
      "the level was obtained {now}, yet the roster of {was} still says {other}",
    ],
    ["等级升高，取得时间却早于此前最近一年名册的 12 月 31 日", "promoted, but before 31 December of the roster before"],
  ),
  warning(
    "education-fell",
    ["学历下降", "education fell"],
    ["学历由{was}（{other} 年名册）变为{now}", "{was} by the roster of {other}, {now} by this one"],
    ["学历层次低于此前最近一年名册", "a lower education than on the roster before"],
  ),
  warning(
    "promotion-without-application",
    ["晋级无合格申报", "promotion without a passed application"],
    [
      "由{was}晋为{now}，{other} 年的申报与考评名册中没有合格记录",
      "from {was} to {now} without a passed application in {other}",
    ],
    [
      "等级升高，而其间各年度（该地区、该等级）的考评结果均已导入，却没有合格记录",
      "the level rose, and the results of all exam years between (of the district, of the level) are on file without a pass",
    ],
  ),
  warning(
    "application-without-promotion",
    ["考评合格未晋级", "passed application without promotion"],
    ["{other} 年度考评{was}合格，名册仍为{now}", "passed {was} in {other}, still {now} on the roster"],
    [
      "考评合格，而发证当年（无发证日期的为考评次年）的名册等级仍低于该等级",
      "passed, but the roster of the certificate's year (without a date: of the year after the exam) has a lower level",
    ],
  ),
  warning(
    "past-retirement",
    ["超过退休月份仍在岗", "on post past retirement"],
    ["最迟应于 {was} 退休，{now} 年底仍在岗", "to retire in {was} at the latest, on post at the end of {now}"],
    [
      "最迟法定退休月份早于名册年度 12 月，仍标为在岗",
      "the last possible month of retirement lies before December of the roster year",
    ],
  ),
  warning(
    "key-facts-missing",
    ["缺关键信息", "key facts missing"],
    ["缺少：{now}", "missing: {now}"],
    [
      "出生日期、性别、参加工作时间、技术等级、取得现等级时间（无等级的除外）、工种、学历中有缺项",
      "of birth date, sex, start of work, level, level date (unless there is no level), trade, education",
    ],
  ),
  finding("warning", "unit")(
    "technicians-jump",
    ["技师人数突变", "technicians jump"],
    [
      "在岗技师由上一名册的 {was} 人变为 {now} 人",
      "technicians on post: {was} on the roster before, {now} on this one",
    ],
    [
      "同一单位、工种的在岗技师人数比上一名册增减 3 人以上，且超过较大数的一半",
      "of a unit and trade, by 3 or more, and by more than half of the larger number",
    ],
  ),
  finding("warning", "application")(
    "application-without-worker",
    ["申报人不在名册", "applicant on no roster"],
    [
      "{other} 年度申报{now}，但不在上年度人员名册中",
      "applied for {now} in {other}, but is not on the roster of the year before",
    ],
    [
      "该地区有考评上年度的人员名册，其中没有申报人",
      "there is a roster of the district of the year before the exam, without the applicant",
    ],
  ),
  finding("warning", "application")(
    "application-level-held",
    ["申报已有等级", "level held already"],
    [
      "{other} 年度申报{now}，上年度名册已是{was}",
      "applied for {now} in {other}, and is {was} on the roster of the year before",
    ],
    [
      "正常、提前或破格申报的等级不高于上年度名册的等级",
      "the level applied for (normal, early, exceptional) is not above the one on the roster",
    ],
  ),
];

/** Names of facts in findings. */
export const keyFacts: readonly { readonly name: string; readonly zh: string; readonly en: string }[] = [
  { name: "birthDate", zh: "出生日期", en: "birth date" },
  { name: "sex", zh: "性别", en: "sex" },
  { name: "workStartedOn", zh: "参加工作时间", en: "start of work" },
  { name: "level", zh: "现技术等级", en: "level" },
  { name: "levelObtainedOn", zh: "取得现等级时间", en: "level date" },
  { name: "trade", zh: "工种", en: "trade" },
  { name: "education", zh: "学历", en: "education" },
];
