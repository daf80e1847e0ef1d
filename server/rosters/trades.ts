/** What the office says of trades: names that stand for them, trades closed or merged, and which trades are general. */
import { distance } from "fastest-levenshtein";
import { type Scope, scopeParameter } from "../access/scope.ts";
import { AppError, badInput } from "../errors.ts";
import { loadReference } from "../reference/load.ts";
import { nearest } from "../rules/parse-facts.ts";
import { type Connection, namedQuery, type Store } from "../store/index.ts";
import { notAmong } from "../tables/filters.ts";
import { type Edited, type Editor, edit } from "./edits.ts";
import { refreshFindings } from "./findings.ts";
import type { Decide } from "./load.ts";
import { placeKey } from "./places.ts";
import { type Alias, renameTrades } from "./trade-names.ts";

const longestName = 100;

export interface NewAlias extends Alias {
  readonly source: string;
  readonly confidence: "confirmed" | "assumed";
}

export interface ListedAlias extends NewAlias {
  /** Null: comes with the product. */
  readonly who: string | null;
  readonly changedAt: string | null;
  /** Rows with that name, as it is spelt. */
  readonly rows: number;
}

export interface ListedTrade {
  readonly name: string;
  readonly category: string;
  readonly general: boolean;
  readonly generalAssumed: boolean;
  readonly source: string | null;
  readonly who: string | null;
  readonly changedAt: string | null;
  /** On the newest roster. */
  readonly workers: number;
}

export interface UnmappedTrade {
  readonly tradeRaw: string;
  readonly rows: number;
  readonly newestYear: number;
  /** The trade whose name is most alike, if one is. */
  readonly suggestion: string | null;
}

export const listAliases = (c: Connection, scope: Scope): Promise<ListedAlias[]> =>
  c.rows(namedQuery("trade-aliases"), { scope: scopeParameter(scope) });

export const listTrades = (c: Connection, scope: Scope): Promise<ListedTrade[]> =>
  c.rows(namedQuery("trades"), { scope: scopeParameter(scope) });

/** The names that stand for no trade, the most frequent first. */
export async function unmappedTrades(c: Connection, scope: Scope): Promise<UnmappedTrade[]> {
  const rows = await c.rows<Omit<UnmappedTrade, "suggestion">>(namedQuery("trade-unmapped"), {
    scope: scopeParameter(scope),
  });
  const known = await c.rows<{ name: string; trade: string }>(
    `SELECT name, trade
     FROM (SELECT name, name AS trade FROM trades UNION ALL SELECT alias, trade FROM trade_aliases WHERE trade IS NOT NULL)
     ORDER BY length(name) DESC, name`,
  );
  return rows.map((row) => ({ ...row, suggestion: alike(row.tradeRaw, known) }));
}

/** 汽车驾驶工 → 汽车驾驶 → 汽车驾驶与管理: a name within the other, its ending apart, or one character in three wrong. */
function alike(raw: string, known: readonly { readonly name: string; readonly trade: string }[]): string | null {
  const stem = raw.replace(/[工员师]$/, "");
  const within = known.find(({ name }) => raw.includes(name) || (stem.length >= 2 && name.includes(stem)));
  const near = known.find(({ name }) => distance(raw, name) * 3 <= raw.length);
  return (within ?? near)?.trade ?? null;
}

async function tradeNamesOf(c: Connection): Promise<string[]> {
  const rows = await c.rows<{ name: string }>("SELECT name FROM trades ORDER BY length(name) DESC, name");
  return rows.map(({ name }) => name);
}

async function checkAlias(c: Connection, { alias, trade, since }: NewAlias): Promise<void> {
  if (placeKey(alias) === "" || alias.length > longestName) {
    throw badInput(`工种名称应为 1…${longestName} 字`, `the name of a trade has 1…${longestName} characters`, {
      property: "alias",
      value: alias,
    });
  }
  const names = await tradeNamesOf(c);
  if (trade !== null && !names.includes(trade)) notAmong("trade", "工种", trade, names);
  const own = names.find((name) => placeKey(name) === placeKey(alias));
  if (own !== undefined && since === null) {
    throw badInput(
      `“${alias}”本身是目录中的工种：工种停考或合并须填自哪一年起（since）`,
      `"${alias}" is a trade itself: say from which year (since) it is closed or merged`,
      { property: "since", value: null },
    );
  }
  const others = await c.rows<Alias>("SELECT alias, trade, since FROM trade_aliases");
  const next = new Map(others.map((other) => [placeKey(other.alias), other.trade]));
  next.set(placeKey(alias), trade);
  const path = [alias];
  for (let name: string | null | undefined = trade; name; name = next.get(placeKey(name))) {
    path.push(name);
    if (placeKey(name) !== placeKey(alias)) continue;
    throw badInput(
      `工种对照不能首尾相接：${path.join(" → ")}`,
      `aliases of trades must not lead back to where they begin: ${path.join(" → ")}`,
      { property: "trade", value: trade, path },
    );
  }
}

async function aliasLike(c: Connection, name: string): Promise<ListedAlias | undefined> {
  const all = await listAliases(c, { districts: "all" });
  return all.find(({ alias }) => placeKey(alias) === placeKey(name));
}

const nameOf = ({ alias, trade, since }: Alias) => `${alias} → ${trade ?? "—"}${since === null ? "" : ` ${since}`}`;

/**
 * Enters an alias, in place of the one that the name has; rows on file with the name get their trade anew, and the touched roster
 * years are decided anew. The same again changes nothing. Throws bad-input: unknown trade, a trade as alias without a year, a circle.
 */
export function putAlias(
  store: Store,
  entered: NewAlias,
  decide: Decide,
  editor: Editor,
): Promise<Edited<ListedAlias>> {
  return edit(store, editor, async (c, at) => {
    const before = await aliasLike(c, entered.alias);
    // one spelling for one name
    const alias = { ...entered, alias: before?.alias ?? entered.alias };
    await checkAlias(c, alias);
    const same =
      before?.who !== null &&
      before?.trade === alias.trade &&
      before.since === alias.since &&
      before.source === alias.source &&
      before.confidence === alias.confidence;
    if (before && same) return { value: before };
    await c.run("DELETE FROM trade_aliases WHERE alias = $alias", { alias: alias.alias });
    await c.run(
      `INSERT INTO trade_aliases (alias, trade, since, source, confidence, who, "changedAt")
       VALUES ($alias, $trade, $since, $source, $confidence, $who, $at::TIMESTAMP)`,
      { ...alias, who: editor.who, at },
    );
    await rename(c, alias.alias, decide);
    const value = await aliasLike(c, alias.alias);
    if (!value) throw new Error(`alias ${alias.alias} is not there`);
    return { value, reason: `trade alias ${nameOf(alias)}` };
  });
}

/** Takes an alias away; what the product itself says of the name returns. Throws not-found, conflict for the product's own. */
export function deleteAlias(store: Store, name: string, decide: Decide, editor: Editor): Promise<Edited<null>> {
  return edit(store, editor, async (c) => {
    const found = await aliasLike(c, name);
    if (!found) {
      throw new AppError(
        "not-found",
        { zh: `没有工种对照“${name}”`, en: `no trade alias "${name}"` },
        { property: "alias", value: name },
      );
    }
    if (found.who === null) {
      throw new AppError(
        "conflict",
        {
          zh: `“${name}”是系统自带的对照，不能删除；如不适用，请改为对应其他工种或“不对应任何工种”`,
          en: `"${name}" comes with the product and cannot be deleted: enter another trade for it, or none`,
        },
        { property: "alias", value: name, reason: "own" },
      );
    }
    await c.run("DELETE FROM trade_aliases WHERE alias = $alias", { alias: found.alias });
    await loadReference(c);
    await rename(c, found.alias, decide);
    return { value: null, reason: `trade alias taken back: ${nameOf(found)}` };
  });
}

async function rename(c: Connection, alias: string, decide: Decide): Promise<void> {
  const years = await renameTrades(c, new Set([placeKey(alias)]));
  if (years.length === 0) return;
  await decide(c, years);
  await refreshFindings(c, Math.min(...years));
}

async function trade(c: Connection, name: string): Promise<ListedTrade> {
  const all = await listTrades(c, { districts: "all" });
  const found = all.find((one) => one.name === name);
  if (found) return found;
  const hint = nearest(
    name,
    all.map((one) => one.name),
  );
  throw new AppError(
    "not-found",
    {
      zh: `没有工种“${name}”${hint ? `，是否指“${hint}”？` : ""}`,
      en: `no trade "${name}"${hint ? `; did you mean "${hint}"?` : ""}`,
    },
    { property: "name", value: name },
  );
}

export interface TradeFlag {
  readonly general: boolean;
  /** False: still an assumption. */
  readonly confirmed: boolean;
  readonly source: string;
}

export interface TradeEdit {
  readonly name: string;
  /** Null: what the product itself says holds again. */
  readonly flag: TradeFlag | null;
}

/** Does one edit; what changed, in words, or nothing. */
async function setTrade(
  c: Connection,
  { name, flag }: TradeEdit,
  who: string,
  at: string,
): Promise<string | undefined> {
  const before = await trade(c, name);
  if (flag === null) {
    if (before.who === null) return undefined;
    await c.run("DELETE FROM trade_confirmations WHERE trade = $name", { name });
    await c.run('UPDATE trades SET "generalAssumed" = true WHERE name = $name', { name });
    return `${name}: as it comes`;
  }
  const { general, confirmed, source } = flag;
  const isSame =
    before.who !== null &&
    before.general === general &&
    before.generalAssumed !== confirmed &&
    before.source === source;
  if (isSame) return undefined;
  await c.run('UPDATE trades SET general = $general, "generalAssumed" = NOT $confirmed WHERE name = $name', {
    name,
    general,
    confirmed,
  });
  await c.run("DELETE FROM trade_confirmations WHERE trade = $name", { name });
  await c.run(
    `INSERT INTO trade_confirmations (trade, source, who, "changedAt") VALUES ($name, $source, $who, $at::TIMESTAMP)`,
    { name, source, who, at },
  );
  return `${name}: ${general ? "general" : "not general"}${confirmed ? "" : ", assumed"}`;
}

/**
 * Says of several trades whether they are general (通用工种), which decides their quota: one edit, all or none. Throws not-found.
 * @returns the trades named, each once, in their order.
 */
export function putTrades(
  store: Store,
  edits: readonly TradeEdit[],
  editor: Editor,
): Promise<Edited<readonly ListedTrade[]>> {
  return edit(store, editor, async (c, at) => {
    const changed: string[] = [];
    for (const one of edits) {
      const words = await setTrade(c, one, editor.who, at);
      if (words !== undefined) changed.push(words);
    }
    if (edits.some(({ flag }) => flag === null)) await loadReference(c);
    const all = new Map((await listTrades(c, { districts: "all" })).map((one) => [one.name, one]));
    const value = [...new Set(edits.map(({ name }) => name))].flatMap((name) => all.get(name) ?? []);
    const [first] = changed;
    const reason = changed.length > 1 ? `${changed.length} trades: ${first} …` : first && `trade ${first}`;
    return { value, ...(reason === undefined ? {} : { reason }) };
  });
}

async function putOne(store: Store, one: TradeEdit, editor: Editor): Promise<Edited<ListedTrade>> {
  const { value, version } = await putTrades(store, [one], editor);
  const [found] = value;
  if (!found) throw new Error(`trade ${one.name} is not there`);
  return { value: found, version };
}

/** Says whether a trade is general. Throws not-found. */
export const putTrade = (store: Store, name: string, flag: TradeFlag, editor: Editor): Promise<Edited<ListedTrade>> =>
  putOne(store, { name, flag }, editor);

/** What the product itself says of a trade holds again. Throws not-found. */
export const resetTrade = (store: Store, name: string, editor: Editor): Promise<Edited<ListedTrade>> =>
  putOne(store, { name, flag: null }, editor);
