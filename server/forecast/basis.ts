/** What a forecast leans on, in words. */
import type { Message } from "../errors.ts";
import { levelValues, type TargetLevel } from "../rules/facts.ts";
import type { Assumptions, Basis, Fit, OddsFactor } from "./types.ts";

/** Fewer years than this are few. */
const fewYears = 4;

/** `rosters`: years of the rosters up to the origin. */
export function basisOf(fit: Pick<Fit, "origin" | "years" | "hasHistory">, rosters: readonly number[]): Basis[] {
  const { origin, years, hasHistory } = fit;
  const basis: Basis[] = [];
  const say = (code: string, zh: string, en: string) => basis.push({ code, text: { zh, en } });
  if (!hasHistory) {
    say(
      "noHistory",
      `${origin} 年及以前没有申报记录：只能预测符合条件人数和指标，不能预测申报和合格人数；以后各年的符合条件人数按无人晋级计`,
      `no applications up to ${origin}: only eligibility and quota are told, not applicants and passes; the eligible of later years are counted as if nobody were promoted`,
    );
  } else {
    const span = years.length === 1 ? `${years[0]}` : `${years[0]}–${years.at(-1)}`;
    say(
      "years",
      `申报意愿和合格率学自 ${span} 年共 ${years.length} 个考评年度`,
      `coming forward and passing are learned from ${years.length} exam years (${span})`,
    );
    if (years.length < fewYears) {
      say(
        "fewYears",
        `考评年度只有 ${years.length} 个：年际差异和个人此前的申报情况知之甚少，区间较宽`,
        `only ${years.length} exam years: how years differ and how people stood before is hardly known; intervals are wide`,
      );
    }
  }
  if (rosters.length < 2) {
    say(
      "oneRoster",
      "只有一个年度的人员名册：离职按每年约 1% 估计，新进人员按近三年参加工作的人数估计",
      "a single roster: leaving is taken as 1 % a year, hires as those who began to work in the last three years",
    );
  }
  say(
    "transfers",
    "未考虑今后的单位间调动和转岗；退休按法定年龄（弹性退休须另设）",
    "moves between units and trades in coming years are left out; people retire at the statutory age unless elastic retirement is assumed",
  );
  return basis;
}

/** What a run assumes beyond "as until now". */
export function basisOfAssumptions({ elastic, hiring, propensity, passing, library }: Assumptions): Basis[] {
  const basis: Basis[] = [];
  const say = (code: string, zh: string, en: string) => basis.push({ code, text: { zh, en } });
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  if (elastic) {
    const { earlyShare, earlyMonths, lateShare, lateMonths } = elastic;
    say(
      "elastic",
      `假定弹性退休：${percent(earlyShare)} 提前 ${earlyMonths} 个月，${percent(lateShare)} 延后 ${lateMonths} 个月（2025 年前没有可参照的历史）`,
      `assumed: ${percent(earlyShare)} retire ${earlyMonths} months early, ${percent(lateShare)} ${lateMonths} months late (no history before 2025)`,
    );
  }
  if (hiring !== undefined)
    say("hiring", `假定新进人员为近年的 ${hiring} 倍`, `assumed: hires ${hiring} times those of late`);
  for (const [factor, level] of factorsOf(propensity))
    say(
      "propensity",
      `假定${level.zh}申报的比数为学得的 ${factor} 倍`,
      `assumed: odds of coming forward${level.en} times ${factor}`,
    );
  for (const [factor, level] of factorsOf(passing))
    say(
      "passing",
      `假定${level.zh}考试合格的比数为学得的 ${factor} 倍`,
      `assumed: odds of passing the exams${level.en} times ${factor}`,
    );
  if (library) say("rulebooks", "按修改后的规则库推演", "reckoned with changed rulebooks");
  return basis;
}

/** Each factor with the level it is of; all levels have no name. */
function factorsOf(factor: OddsFactor | undefined): (readonly [factor: number, level: Message])[] {
  const everywhere = { zh: "", en: "" };
  if (factor === undefined) return [];
  if (typeof factor === "number") return [[factor, everywhere]];
  const levels = levelValues.flatMap(({ code, zh, en }): (readonly [number, Message])[] => {
    const own = factor[code as TargetLevel];
    return own === undefined ? [] : [[own, { zh: zh[0] ?? code, en: ` (${en})` }]];
  });
  return factor.all === 1 ? levels : [[factor.all, everywhere], ...levels];
}
