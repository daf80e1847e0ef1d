/**
 * Trades open for application, as the notices of Jiangsu list them (provincial notice 2020, annex 1; Nantong 2023), in every
 * year; elsewhere all trades are open.
 */

import type { LevelNumber } from "./person.ts";
import type { Place } from "./places.ts";

const set = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const technicianTrades = set(
  "行政事务 讲解员 烹饪 收银审核 酒店服务 商品营销 修理装配 电工 机械加工 制冷 水暖 计算机信息处理 市政维护 水处理工 机械操作 建筑技术 汽车驾驶与管理 汽车修理 航闸技术 航标工 潜水员 船艇技术 公路养护 闸门运行 泵站运行 农艺 动物养殖 水产养殖 农机技术 图书档案管理 体育场地工 药剂 护理保健 卫生防疫 殡葬服务 地质勘查 测绘员 质量检验 计量检定 锅炉操作 电子机械加工 电子设备制造 动力运维 器件工艺",
);
const gradeTrades: ReadonlySet<string> = new Set([...technicianTrades].filter((name) => name !== "水产养殖"));
const seniorTechnicianTrades = set(
  "行政事务 烹饪 收银审核 电工 机械加工 制冷 水暖 计算机信息处理 汽车驾驶与管理 汽车修理 农艺 水产养殖 农机技术 图书档案管理 药剂 卫生防疫 地质勘查 测绘员 电子机械加工 电子设备制造 动力运维 器件工艺",
);
const nantongSeniorTechnicianTrades = set(
  "行政事务 烹饪 收银审核 酒店服务 电工 计算机信息处理 白蚁防治 汽车驾驶与管理 航闸技术 船艇技术 花卉园艺 农艺 动物养殖 农机技术 殡葬服务 测绘员",
);

/** Whether a trade is open for a level at a place. */
export function isOpen({ regime }: Place, trade: string, target: LevelNumber): boolean {
  if (regime === "jiaozuo" || regime === "fujian" || regime === "changzhou") return true;
  if (target < 4) return gradeTrades.has(trade);
  if (target === 4) return technicianTrades.has(trade);
  return (regime === "nantong" ? nantongSeniorTechnicianTrades : seniorTechnicianTrades).has(trade);
}
