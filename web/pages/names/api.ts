/** What the page asks and says. An edit is one data version: its answer makes everything shown be asked for again. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { RememberedHeading } from "../../../server/rosters/mappings.ts";
import type { ListedAlias, ListedTrade, NewAlias, TradeEdit, UnmappedTrade } from "../../../server/rosters/trades.ts";
import type { ListedUnitChange, RosterUnit, UnitChange, UnitSuggestion } from "../../../server/rosters/units.ts";
import { deleteAt, putJson } from "../../api/client.ts";
import { useGet } from "../../api/hooks.ts";
import type { Message } from "../../api/types.ts";

export type { ListedAlias, ListedTrade, ListedUnitChange, RosterUnit, UnitChange, UnitSuggestion, UnmappedTrade };
export type Heading = RememberedHeading & { readonly label: Message };
export type Confidence = NewAlias["confidence"];

export const useRosterUnits = (enabled: boolean): UseQueryResult<readonly RosterUnit[]> =>
  useGet("/units", {}, enabled);
export const useUnitChanges = (): UseQueryResult<readonly ListedUnitChange[]> => useGet("/unit-changes");
export const useUnitSuggestions = (): UseQueryResult<readonly UnitSuggestion[]> => useGet("/unit-changes/suggestions");
export const useTrades = (): UseQueryResult<readonly ListedTrade[]> => useGet("/trades");
export const useAliases = (): UseQueryResult<readonly ListedAlias[]> => useGet("/trade-aliases");
export const useUnmapped = (): UseQueryResult<readonly UnmappedTrade[]> => useGet("/trade-aliases/unmapped");
export const useHeadings = (): UseQueryResult<readonly Heading[]> => useGet("/heading-mappings");

/** Enters a change in place of the one the unit has. */
export const putUnitChange = ({ district, fromUnit, toUnit, since, kind, source, note }: UnitChange) =>
  putJson<ListedUnitChange>("/unit-changes", { district, fromUnit, toUnit, since, kind, source, note });

export const deleteUnitChange = (id: number): Promise<unknown> => deleteAt(`/unit-changes/${id}`);

/** Several trades in one data version. */
export const putTrades = (trades: readonly TradeEdit[]) => putJson<readonly ListedTrade[]>("/trades", { trades });

/** The edit that makes a trade what it is now. */
export const asItIs = ({ name, general, generalAssumed, source, who }: ListedTrade): TradeEdit => ({
  name,
  flag: who === null ? null : { general, confirmed: !generalAssumed, source: source ?? "" },
});

const aliasPath = (alias: string) => `/trade-aliases/${encodeURIComponent(alias)}`;

export const putAlias = ({ alias, trade, since, source, confidence }: NewAlias) =>
  putJson<ListedAlias>(aliasPath(alias), { trade, since, source, confidence });

export const deleteAlias = (alias: string): Promise<unknown> => deleteAt(aliasPath(alias));

export const forgetHeading = ({ kind, heading }: Heading): Promise<unknown> =>
  deleteAt("/heading-mappings", { kind, heading });
