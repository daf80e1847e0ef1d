/** The questions about rosters themselves, one hook each. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { Query } from "./client.ts";
import { useGet } from "./hooks.ts";
import type {
  ChangedPerson,
  ChangeKindInfo,
  ChangesRow,
  Finding,
  FindingCode,
  ImportEntry,
  Page,
  QualityRow,
} from "./roster-types.ts";

/** Every import and undo, the newest first; at most 100 problems of each. */
export const useImportHistory = (): UseQueryResult<readonly ImportEntry[]> => useGet("/imports");

/** One entry with all its problems. */
export const useImportEntry = (id: number): UseQueryResult<ImportEntry> => useGet(`/imports/${id}`);

export const useRosterChanges = (query: Query, enabled: boolean): UseQueryResult<readonly ChangesRow[]> =>
  useGet("/roster-changes", query, enabled);

export const useChangeKinds = (): UseQueryResult<readonly ChangeKindInfo[]> => useGet("/roster-changes/kinds");

export const useChangedPeople = (query: Query): UseQueryResult<Page<ChangedPerson>> =>
  useGet("/roster-changes/workers", query);

/** Without a year: every roster year. */
export const useQuality = (query: Query, enabled = true): UseQueryResult<readonly QualityRow[]> =>
  useGet("/quality", query, enabled);

export const useFindingCodes = (query: Query, enabled = true): UseQueryResult<readonly FindingCode[]> =>
  useGet("/quality/codes", query, enabled);

export const useFindings = (query: Query): UseQueryResult<Page<Finding>> => useGet("/quality/findings", query);
