/** /trade-aliases: names that stand for trades, trades closed or merged; /trades: which are general. */
import { Router } from "express";
import { z } from "zod";
import {
  decideWith,
  deleteAlias,
  listAliases,
  listTrades,
  putAlias,
  putTrade,
  putTrades,
  resetTrade,
  unmappedTrades,
} from "../rosters/index.ts";
import { readSnapshot } from "./answer.ts";
import { fullCaller, scopeOf } from "./caller.ts";
import { expecting, parseInput } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { words, yearNumber } from "./units.ts";

const aliasBody = z.strictObject({
  trade: expecting(
    z.string().nullable(),
    "目录中的工种；null 表示不对应任何工种",
    "a trade of the list, or null: the name stands for none",
  ),
  since: yearNumber.nullable().default(null),
  source: words("依据（文件）", "the paper it stands in"),
  confidence: z.enum(["confirmed", "assumed"]),
});
const alias = aliasBody.extend({
  alias: z.string(),
  who: z.string().nullable(),
  changedAt: z.string().nullable(),
  rows: z.int(),
});
const unmapped = z.object({
  tradeRaw: z.string(),
  rows: z.int(),
  newestYear: z.int(),
  suggestion: z.string().nullable(),
});
const tradeBody = z.strictObject({
  general: z.boolean(),
  confirmed: z.boolean(),
  source: words("依据（文件）", "the paper it stands in"),
});
const tradesBody = z.strictObject({
  trades: expecting(
    z
      .array(z.strictObject({ name: z.string(), flag: tradeBody.nullable() }))
      .min(1)
      .max(500),
    "工种及其是否通用，1…500 个；flag 为 null 表示恢复系统自带",
    "trades and whether they are general, 1…500; a flag of null: what the product itself says",
  ),
});
const trade = z.object({
  name: z.string(),
  category: z.string(),
  general: z.boolean(),
  generalAssumed: z.boolean(),
  source: z.string().nullable(),
  who: z.string().nullable(),
  changedAt: z.string().nullable(),
  workers: z.int(),
});
const aliasName = { alias: "the name as it stands in rosters" };
const tradeName = { name: "the name of a trade" };

export const tradeOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/trade-aliases",
    summary: "Names that stand for a trade, and trades closed or merged",
    answers: { "application/json": z.array(alias) },
  },
  {
    method: "get",
    path: "/trade-aliases/unmapped",
    summary: "Names in rosters that stand for no known trade",
    answers: { "application/json": z.array(unmapped) },
  },
  {
    method: "put",
    path: "/trade-aliases/{alias}",
    summary: "Says which trade a name stands for, always or from a year on; rows on file follow",
    pathParameters: aliasName,
    body: { type: "application/json", schema: aliasBody },
    answers: { "application/json": alias },
  },
  {
    method: "delete",
    path: "/trade-aliases/{alias}",
    summary: "Takes an alias away; what comes with the product returns",
    pathParameters: aliasName,
    answers: {},
  },
  {
    method: "get",
    path: "/trades",
    summary: "Every trade, and whether it is general",
    answers: { "application/json": z.array(trade) },
  },
  {
    method: "put",
    path: "/trades",
    summary: "Says of several trades whether they are general, in one data version",
    body: { type: "application/json", schema: tradesBody },
    answers: { "application/json": z.array(trade) },
  },
  {
    method: "put",
    path: "/trades/{name}",
    summary: "Says whether a trade is general (通用工种)",
    pathParameters: tradeName,
    body: { type: "application/json", schema: tradeBody },
    answers: { "application/json": trade },
  },
  {
    method: "delete",
    path: "/trades/{name}",
    summary: "What comes with the product holds for the trade again",
    pathParameters: tradeName,
    answers: {},
  },
];

export function tradeRoutes({ store, library }: Parts): Router {
  const decide = decideWith(library);
  const router = Router();
  router.get("/trade-aliases", (_request, response) =>
    readSnapshot(store, response, async (c) => {
      response.json(await listAliases(c, scopeOf(response)));
    }),
  );
  router.get("/trade-aliases/unmapped", (_request, response) =>
    readSnapshot(store, response, async (c) => {
      response.json(await unmappedTrades(c, scopeOf(response)));
    }),
  );
  router.put("/trade-aliases/:alias", async (request, response) => {
    const { name: who } = fullCaller(response, "修改工种对照", "changing the names of trades");
    const entered = { ...parseInput(aliasBody, request.body), alias: request.params.alias.trim() };
    const { value, version } = await putAlias(store, entered, decide, { who });
    response.set("x-data-version", String(version)).json(value);
  });
  router.delete("/trade-aliases/:alias", async (request, response) => {
    const { name: who } = fullCaller(response, "修改工种对照", "changing the names of trades");
    const { version } = await deleteAlias(store, request.params.alias, decide, { who });
    response.set("x-data-version", String(version)).status(204).end();
  });
  router.get("/trades", (_request, response) =>
    readSnapshot(store, response, async (c) => {
      response.json(await listTrades(c, scopeOf(response)));
    }),
  );
  router.put("/trades", async (request, response) => {
    const { name: who } = fullCaller(response, "修改工种", "changing trades");
    const { trades } = parseInput(tradesBody, request.body);
    const { value, version } = await putTrades(store, trades, { who });
    response.set("x-data-version", String(version)).json(value);
  });
  router.put("/trades/:name", async (request, response) => {
    const { name: who } = fullCaller(response, "修改工种", "changing trades");
    const { value, version } = await putTrade(store, request.params.name, parseInput(tradeBody, request.body), { who });
    response.set("x-data-version", String(version)).json(value);
  });
  router.delete("/trades/:name", async (request, response) => {
    const { name: who } = fullCaller(response, "修改工种", "changing trades");
    const { version } = await resetTrade(store, request.params.name, { who });
    response.set("x-data-version", String(version)).status(204).end();
  });
  return router;
}
