/** Cells that name a district or a trade. */
import type { Places } from "./places.ts";
import { type CellReading, reject, type TradePair, warn } from "./reading.ts";
import { tidy } from "./values.ts";

const hint = (name: string | undefined) =>
  name === undefined ? (["", ""] as const) : ([`，是否指“${name}”？`, ` (did you mean ${name}?)`] as const);

export function readDistrict(text: string, places: Places): CellReading {
  const found = places.district(text);
  if (found && "code" in found) {
    const values = { district: found.code };
    if (!found.former) return { values };
    return warn(
      values,
      "district-alias",
      `地区“${text}”按“${found.name}”（${found.code}）录入`,
      `district "${text}" was taken for ${found.name} (${found.code})`,
      { taken: `${found.code} ${found.name}`, once: "text" },
    );
  }
  if (found) {
    const names = found.candidates.join("、");
    return {
      ...reject(
        "district-ambiguous",
        `“${text}”不止一处（${names}），请填代码或全称`,
        `"${text}" is ambiguous (${names}): give the code or the full name`,
      ),
      unmapped: "districts",
    };
  }
  const [zh, en] = hint(places.nearestDistrict(text));
  return {
    ...reject("district-unknown", `没有地区“${text}”，请填名称或代码${zh}`, `unknown district "${text}"${en}`),
    unmapped: "districts",
  };
}

/** 汽车驾驶员/电工, 原司机现电工, 司机→电工. The last one is the later one, unless dates say otherwise. */
function splitTrades(text: string): readonly [string, string] | undefined {
  const moved =
    /^原(?:为|任)?(.+?)[,，、;；]?\s*现(?:为|任|从事)?(.+)$/.exec(text) ??
    /^(.+?)(?:转岗?为|转为|改为|转|→|->|=>)(.+)$/.exec(text);
  const parts = moved ? moved.slice(1) : text.split(/[/／、,，;；|｜\n\r]+|\s{2,}/);
  const [first, second, ...more] = parts.map((part) => part?.trim() ?? "").filter((part) => part !== "");
  return first !== undefined && second !== undefined && more.length === 0 ? [first, second] : undefined;
}

/** 驾驶员 电工: a blank parts two trades only where both are known. */
function splitAtBlank(text: string, places: Places): readonly [string, string] | undefined {
  const [first, second, ...more] = text.trim().split(/\s+/);
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  return places.trade(first) && places.trade(second) ? [first, second] : undefined;
}

function alias(tradeRaw: string, name: string): CellReading {
  return warn(
    { trade: name, tradeRaw },
    "trade-alias",
    `工种“${tradeRaw}”按“${name}”录入，请核对`,
    `trade "${tradeRaw}" was taken for "${name}"`,
    { taken: name, once: "text" },
  );
}

/** A pair is decided with the whole row; a name that is no trade goes to the worklist and the row is loaded without a trade. */
export function readTrade(text: string, places: Places): CellReading {
  const tradeRaw = tidy(text);
  const found = places.trade(text);
  if (found) return found.byAlias ? alias(tradeRaw, found.name) : { values: { trade: found.name, tradeRaw } };
  const raw = splitTrades(text) ?? splitAtBlank(text, places);
  if (raw) {
    const names = [places.trade(raw[0])?.name, places.trade(raw[1])?.name] as const;
    if (names[0] !== undefined && names[0] === names[1]) return alias(tradeRaw, names[0]);
    if (names[0] !== undefined || names[1] !== undefined) {
      const pair: TradePair = { kind: "trades", names, raw };
      return { values: { trade: null, tradeRaw }, pair };
    }
  }
  const noted = places.trade(text.replace(/[(（][^()（）]*[)）]/g, ""));
  if (noted) return alias(tradeRaw, noted.name);
  const [zh, en] = hint(places.nearestTrade(text));
  return {
    ...warn(
      { trade: null, tradeRaw },
      "trade-unknown",
      `工种“${tradeRaw}”不在目录中：按工种未知录入，保留原名${zh}`,
      `unknown trade "${tradeRaw}": loaded without a trade, the name is kept${en}`,
    ),
    unmapped: "trades",
  };
}
