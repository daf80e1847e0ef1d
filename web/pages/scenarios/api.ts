/** What the page asks of the server and tells it. */
import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { deleteAt, getJson, postJson, putJson } from "../../api/client.ts";
import { useGet } from "../../api/hooks.ts";
import { isWorthRetrying } from "../../api/query-client.ts";
import type { Draft } from "./draft.ts";
import type { Change, Check, DifferenceRow, ListedScenario, Scenario, ScenarioRun } from "./shapes.ts";

const onePath = (id: string): string => `/scenarios/${encodeURIComponent(id)}`;
const runPath = (id: string): string => `/scenario-runs/${encodeURIComponent(id)}`;

export const useScenarios = (): UseQueryResult<readonly ListedScenario[]> => useGet("/scenarios");

/** What is shown of one scenario never stands for another. */
export const useScenario = (id: string | undefined): UseQueryResult<Scenario> =>
  useQuery({
    queryKey: ["/scenarios/one", id],
    queryFn: ({ signal }) => getJson<Scenario>(onePath(id ?? ""), {}, signal),
    enabled: id !== undefined,
    staleTime: 0,
  });

export const fetchScenario = (id: string): Promise<Scenario> => getJson<Scenario>(onePath(id));

const body = ({ name, note, changes }: Draft) => ({ name: name.trim(), note: note.trim(), changes });

export const createScenario = (draft: Draft): Promise<Scenario> => postJson<Scenario>("/scenarios", body(draft));

/** 409 when somebody saved it since `version`. */
export const replaceScenario = (id: string, draft: Draft, version: number): Promise<Scenario> =>
  putJson<Scenario>(onePath(id), { ...body(draft), version });

export const deleteScenario = (id: string): Promise<unknown> => deleteAt(onePath(id));
export const restoreScenario = (id: string): Promise<Scenario> => postJson<Scenario>(`${onePath(id)}/restore`, {});

/** With the changes it is of. */
export type Checked = Check & { readonly changes: readonly Change[] };

/** What the server says of changes before they are run; the last word stays while the next one is awaited. */
export const useCheck = (changes: readonly Change[]): UseQueryResult<Checked> =>
  useQuery({
    queryKey: ["/scenarios/check", changes],
    queryFn: async ({ signal }) => ({
      ...(await postJson<Check>("/scenarios/check", { changes }, signal)),
      changes,
    }),
    placeholderData: keepPreviousData,
    enabled: changes.length > 0,
  });

const runKey = (id: string | undefined) => ["/scenario-runs/one", id];
export const isActive = ({ state }: ScenarioRun): boolean => state === "waiting" || state === "running";
/** How often a run is asked how far it is, ms. */
const askEvery = 500;

/** One run, asked until it is over. */
export const useRun = (id: string | undefined): UseQueryResult<ScenarioRun> =>
  useQuery({
    queryKey: runKey(id),
    queryFn: ({ signal }) => getJson<ScenarioRun>(runPath(id ?? ""), {}, signal),
    enabled: id !== undefined,
    staleTime: 0,
    refetchInterval: ({ state: { data, error } }) =>
      (data && !isActive(data)) || (error !== null && !isWorthRetrying(error)) ? false : askEvery,
    retry: false,
  });

export interface RunRequest {
  readonly changes: readonly Change[];
}

export function useStartRun(): UseMutationResult<ScenarioRun, Error, RunRequest> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request) => postJson<ScenarioRun>("/scenario-runs", request),
    onSuccess: (run) => client.setQueryData(runKey(run.id), run),
  });
}

export function useCancelRun(): UseMutationResult<unknown, Error, string> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => deleteAt(runPath(id)),
    onSettled: (_answer, _error, id) => client.invalidateQueries({ queryKey: runKey(id) }),
  });
}

export type RowsQuery = Readonly<
  Partial<Record<"by" | "level" | "district" | "trade" | "unit" | "from" | "to" | "format", string>>
>;

/** Both forecasts and their difference. Rows of one run never stand for those of another. */
export const useRows = (run: string, query: RowsQuery, enabled = true): UseQueryResult<readonly DifferenceRow[]> =>
  useQuery({
    enabled,
    queryKey: ["/scenario-runs/rows", run, query],
    queryFn: ({ signal }) => getJson<readonly DifferenceRow[]>(`${runPath(run)}/rows`, query, signal),
    placeholderData: (before, known) => (known?.queryKey[1] === run ? before : undefined),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const rowsPath = (run: string): string => `${runPath(run)}/rows`;
