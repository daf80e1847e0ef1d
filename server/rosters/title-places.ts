/** Unit and district that the titles above a table speak of ("填报单位：示例一中"), or the name of its sheet. */
import { maskIdentities } from "./identity.ts";
import type { Places } from "./places.ts";
import type { SourceRow } from "./read.ts";
import { tidyName } from "./values.ts";

export interface SuggestedPlaces {
  readonly unit: string | null;
  /** Code. */
  readonly district: string | null;
}

/** Between the cells of a row. */
const gap = "\t";
const after =
  "[（(]?(?:公章|盖章|签章|章|印章|加盖公章)?[)）]?(?:[ 　]*[:：][ 　\t]*|[ 　]*\t+[ 　]*)([^\t:：，,;；]+)";
const unitLabel = new RegExp(
  `(?:^|[\\s　|])(?:填报|报送|申报|上报|呈报|编报|所在|工作|用人)?单位(?:名称|全称)?${after}`,
  "u",
);
const districtLabel = new RegExp(
  `(?:^|[\\s　|])(?:填报|所在|所属)?(?:地区|区县|县区|县[(（]?市、?区[)）]?|行政区划|辖区)(?:名称)?${after}`,
  "u",
);
/** What stands behind the name in the same cell: another label, and where the seal goes. */
const nextLabel = /(?:[\s　]{2,}.*|[\s　]+(?:填报|填表|制表|日期|时间|联系|单位|审核|地区).*)$/u;
const seal = /[（(](?:公章|盖章|签章|章|印章)[)）]$/u;

const unitName =
  /(?:局|中学|小学|学校|学院|大学|幼儿园|[一二三四五六七八九十]中|[一二三四五六七八九十]小|实小|医院|卫生院|中心|委|委员会|办公室|办事处|大队|支队|总队|站|所|院|馆|公司|厂|林场|园|社|政府|处|部门|单位[0-9A-Z一二三四五六七八九十甲乙丙丁]?)$/u;
const noUnit = /名册|花名|汇总|说明|字典|代码|问题|模板|示例表|统计|sheet|^表\d*$|^填报单位$|^单位$/iu;

function labelled(rows: readonly SourceRow[], label: RegExp): string | undefined {
  for (const { cells } of rows) {
    const texts = cells.map((cell) => cell.replace(/[\r\n\t]+/g, "  ").trim()).filter((cell) => cell !== "");
    const line = [...new Set(texts)].join(gap);
    const found = label.exec(line);
    if (!found) continue;
    const [whole, value = ""] = found;
    // What a colon follows is the next label.
    const ownPart = /[:：]/.test(line[found.index + whole.length] ?? "") ? value.replace(/[^\s　]+$/u, "") : value;
    const bare = ownPart
      .trim()
      .replace(nextLabel, "")
      .trim()
      .replace(seal, "")
      .replace(/^[_＿]+|[_＿\s]+$/gu, "");
    const name = tidyName(bare);
    if (name.length >= 2 && name.length <= 60) return maskIdentities(name);
  }
  return undefined;
}

/** 2024年度常州市天宁区工勤人员名册: what stands before what the table is of. */
const namedBefore = (title: string): string =>
  tidyName(title.replace(/[（(][^()（）]*[)）]/gu, ""))
    .replace(/^(?:19|20)\d\d\s*年?度?/u, "")
    .replace(
      /(?:各?机关|事业|工勤|技术工|技能|人员|职工|工人|名册|花名|汇总|考评|考核|申报|报名|一览|登记|情况|统计).*$/u,
      "",
    )
    .trim();

/** `above`: the rows above the heading; `sheet`: the name of the worksheet. Nothing is taken by itself: it is for people to confirm. */
export function placesInTitles(
  above: readonly SourceRow[],
  sheet: string | null,
  places: Places | undefined,
): SuggestedPlaces {
  const code = (text: string | undefined): string | null => {
    const found = text === undefined ? undefined : places?.district(text);
    return found && "code" in found ? found.code : null;
  };
  const titled = (): string | null => {
    const titles = new Set(above.flatMap(({ cells }) => cells.map((cell) => namedBefore(cell.trim()))));
    const codes = new Set([...titles].map((title) => (title === "" ? null : code(title))));
    codes.delete(null);
    const [only = null] = codes;
    return codes.size === 1 ? only : null;
  };
  const name = sheet === null ? undefined : tidyName(sheet);
  const ownCode = code(name);
  const reads = name !== undefined && ownCode === null && unitName.test(name) && !noUnit.test(name);
  return {
    unit: labelled(above, unitLabel) ?? (reads ? maskIdentities(name) : null),
    district: code(labelled(above, districtLabel)) ?? titled() ?? ownCode,
  };
}
