/** The nature of a unit (单位性质): five kinds in many spellings. What is none of them is kept as it stands. */
import { type CellReading, warn } from "./reading.ts";
import { tidyName } from "./values.ts";
import { type WordLine, Words } from "./words.ts";

const lines: readonly WordLine<string>[] = [
  ["机关", "机关 行政机关 党政机关 国家机关 机关单位 政府机关 行政"],
  [
    "参公事业单位",
    "参公事业单位 参公 参公单位 参公管理 参公管理事业单位 参照公务员法管理 参照公务员法管理单位 参照公务员法管理事业单位 参照公务员法管理的事业单位",
  ],
  ["公益一类", "公益一类 公益1类 公益Ⅰ类 一类公益 公益一类事业单位 公益一类事业 事业单位(公益一类) 事业(公益一类)"],
  ["公益二类", "公益二类 公益2类 公益Ⅱ类 二类公益 公益二类事业单位 公益二类事业 事业单位(公益二类) 事业(公益二类)"],
  ["其他事业", "其他事业 其他事业单位 其它事业 其它事业单位"],
];
const natures = new Words(lines);

/** `text` is no longer than a name. */
export function readUnitNature(name: string, text: string): CellReading {
  const found = natures.read(text)?.value;
  if (found) return { values: { [name]: found } };
  const kept = tidyName(text);
  const nearest = natures.nearest(kept);
  const [zh, en] = nearest === undefined ? ["", ""] : [`，是否指“${nearest}”？`, `; did you mean ${nearest}?`];
  return warn(
    { [name]: kept },
    "unit-nature-unknown",
    `单位性质“${kept}”不是机关、参公事业单位、公益一类、公益二类、其他事业之一：按原文保留${zh}`,
    `"${kept}" is no known nature of a unit: kept as it stands${en}`,
    { once: "text" },
  );
}
