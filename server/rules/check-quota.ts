/** Quota bands: each from a number of people on, so they must begin at 1, differ, and not give fewer places to more people. */
import type { ResolvedBook } from "./resolve-book.ts";
import type { SpecFault } from "./spec-fault.ts";

export function checkQuota({ merged }: ResolvedBook): void {
  const { report, text } = merged.parsed;
  if (text.quota && !text.quota.cases?.length && !report.isFaulty(["quota"])) report.add(["quota"], untested, "key");
  const bands = (text.quota?.bands ?? []).map((band, index) => ({ ...band, index }));
  if (bands.length === 0) return;
  const at = (index: number, key: string) => ["quota", "bands", index, key];
  const rising = [...bands].sort((a, b) => a.from - b.from || a.index - b.index);
  const lowest = rising[0];
  if (lowest && lowest.from > 1) report.add(at(lowest.index, "from"), gap(lowest.from));
  for (const [position, band] of rising.entries()) {
    const below = rising[position - 1];
    if (!below) continue;
    if (below.from === band.from) report.add(at(band.index, "from"), overlap(band.from));
    else if (band.places < below.places)
      report.add(at(band.index, "places"), fewer(band.from, band.places, below.places));
  }
}

const untested: SpecFault = {
  name: "untestedQuota",
  message: { zh: "指标没有算例", en: "the quota has no case" },
  suggestion: {
    zh: "请在 quota 中写 cases，界限两侧各一例，如 - { technicians: 10, places: 2 } 或 - { posts: 24, holders: 1, places: 3 }",
    en: "write cases: below quota, such as { technicians: 10, places: 2 } or { posts: 24, holders: 1, places: 3 }",
  },
};

const gap = (from: number): SpecFault => ({
  name: "bandGap",
  message: {
    zh: from === 2 ? "1 人时没有分档" : `1 至 ${from - 1} 人没有分档`,
    en: from === 2 ? "no band covers 1 person" : `no band covers 1 to ${from - 1} people`,
  },
  suggestion: {
    zh: "请补上 { from: 1, places: 0 }，或写明名额",
    en: "add { from: 1, places: 0 }, or with the places there are",
  },
});

const overlap = (from: number): SpecFault => ({
  name: "bandOverlap",
  message: { zh: `两档都从 ${from} 人起`, en: `two bands start at ${from}` },
  suggestion: { zh: "请删去一档，或改 from", en: "remove one, or change its from" },
});

const fewer = (from: number, places: number, below: number): SpecFault => ({
  name: "bandOrder",
  message: {
    zh: `${from} 人起只有 ${places} 个名额，少于较低一档的 ${below} 个`,
    en: `from ${from} people on there are ${places} places, fewer than the ${below} of the band below`,
  },
  suggestion: { zh: `请写不少于 ${below} 的名额`, en: `write at least ${below} places` },
});
