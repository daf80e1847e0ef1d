/** What may have become of a worker from one roster to a later one. */
import type { Message } from "../errors.ts";

export interface ChangeKind {
  /** Column of the table and parameter of the list. */
  readonly kind: string;
  /** Cannot be: one of the two rosters is wrong. */
  readonly impossible: boolean;
  readonly label: Message;
  readonly explain: Message;
}

const possible = (kind: string, zh: string, en: string, explainZh: string, explainEn: string): ChangeKind => ({
  kind,
  impossible: false,
  label: { zh, en },
  explain: { zh: explainZh, en: explainEn },
});
const impossible = (...words: Parameters<typeof possible>): ChangeKind => ({ ...possible(...words), impossible: true });

export const changeKinds: readonly ChangeKind[] = [
  possible("joined", "新增", "joined", "后一年名册有，前一年没有", "on the later roster and not on the earlier one"),
  possible(
    "left",
    "离开",
    "left",
    "前一年名册有，后一年没有，且未到法定退休月份或无法判断",
    "on the earlier roster and not on the later one, and not past the month of retirement, or that is unknown",
  ),
  possible(
    "retired",
    "退休",
    "retired",
    "前一年名册有，后一年没有，且法定退休月份不晚于后一年 12 月（未写明退休类别的，男按 60 岁、女按 50 岁起算）",
    "on the earlier roster and not on the later one, and to retire by December of the later year (without a stated track, men are reckoned from 60 and women from 50)",
  ),
  possible("promoted", "晋级", "promoted", "技术等级升高", "the level rose"),
  possible(
    "moved",
    "调动",
    "moved",
    "调入本单位或转换工种",
    "came to this unit from another one, or changed the trade",
  ),
  possible("movedIn", "调入", "moved in", "前一年在其他单位或地区", "was in another unit or district"),
  possible("movedOut", "调出", "moved out", "后一年在其他单位或地区", "is in another unit or district now"),
  possible("movedDistrict", "跨地区调入", "from another district", "前一年在其他地区", "was in another district"),
  possible(
    "movedUnit",
    "地区内调入",
    "from another unit of the district",
    "前一年在同一地区的其他单位",
    "was in another unit of the same district",
  ),
  possible("movedTrade", "转换工种", "changed trade", "两年的工种不同", "the trade differs"),
  possible(
    "renumbered",
    "人员编号变更",
    "renumbered",
    "人员编号变了，身份证号相同：按同一人比较",
    "another worker number with the same identity number: compared as one person",
  ),
  possible(
    "impossible",
    "存疑变动",
    "impossible changes",
    "有下列任一不应出现的变动",
    "any of the changes below, which cannot be",
  ),
  impossible(
    "birthDateMoved",
    "出生日期变动",
    "birth date moved",
    "两年的出生日期不可能相同",
    "the dates of birth exclude each other",
  ),
  impossible("sexChanged", "性别变动", "sex changed", "两年的性别不同", "the sex differs"),
  impossible(
    "identityChanged",
    "身份证号变动",
    "identity number changed",
    "人员编号相同，身份证号不同：可能是编号重复使用",
    "the same worker number with another identity number: a number used twice?",
  ),
  impossible("levelFell", "等级下降", "level fell", "技术等级降低", "the level is lower than before"),
  impossible(
    "workStartMoved",
    "参加工作时间变动",
    "work start moved",
    "两年的参加工作时间不可能相同",
    "the dates of starting work exclude each other",
  ),
  impossible(
    "levelDateEarlier",
    "取得等级时间提前",
    "level date earlier",
    "等级未变，取得时间比前一年名册早",
    "the same level, obtained earlier than the earlier roster says",
  ),
  impossible(
    "levelDateTooEarly",
    "晋级时间早于前一年名册",
    "promoted before the earlier roster",
    "等级升高，但取得时间早于前一年年底，而当时名册仍为低等级",
    "promoted, but at a time when the earlier roster still has the lower level",
  ),
  impossible("educationFell", "学历下降", "education fell", "学历层次降低", "the education is lower than before"),
];

/** Columns of the table that count people. */
export const changeColumns: readonly string[] = ["workersFrom", "workersTo", ...changeKinds.map(({ kind }) => kind)];
