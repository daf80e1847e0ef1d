/** One hook per question to the server. Keys hold all parameters; previous data stays while new data loads. */
import { keepPreviousData, type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Population } from "../../server/eligibility/population.ts";
import type { RulebookDiff } from "../../server/rules/diff.ts";
import type { RulebookDocument } from "../../server/rules/document.ts";
import type { ScoreResult } from "../../server/rules/score.ts";
import type { PlacesBalance } from "../../server/tables/places.ts";
import { getJson, postJson, type Query } from "./client.ts";
import { type FactForm, readFactForm } from "./fact-form.ts";
import type {
  BlockingSet,
  BottleneckRow,
  EligibilityRow,
  EvaluationResult,
  Facts,
  Meta,
  PassRateRow,
  People,
  PublicityAnswer,
  QuotaPressureRow,
  QuotaRow,
  StageRow,
  WorkerRecord,
} from "./types.ts";

export function useGet<T>(path: string, query: Query = {}, enabled = true): UseQueryResult<T> {
  return useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => getJson<T>(path, query, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** Asks again for everything on the page that failed: when the server was away, more than one answer is missing. */
export function useRetry(): () => void {
  const client = useQueryClient();
  return () => void client.refetchQueries({ type: "active", predicate: ({ state }) => state.status === "error" });
}

export const useSession = (): UseQueryResult<{ signedIn: boolean }> =>
  useQuery({
    queryKey: ["/session"],
    queryFn: ({ signal }) => getJson<{ signedIn: boolean }>("/session", {}, signal),
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: true,
  });

export const useMeta = (enabled: boolean): UseQueryResult<Meta> => useGet<Meta>("/meta", {}, enabled);

export const useEligibility = (query: Query, enabled = true): UseQueryResult<readonly EligibilityRow[]> =>
  useGet("/eligibility", query, enabled);

export const useQuota = (query: Query, enabled = true): UseQueryResult<readonly QuotaRow[]> =>
  useGet("/quota", query, enabled);

/** A rulebook as it reads in an exam year; its own when none is given. */
export const useRulebook = (id: string | undefined, year: number | undefined): UseQueryResult<RulebookDocument> =>
  useQuery({
    queryKey: ["/rulebooks/one", id, year],
    queryFn: ({ signal }) => getJson<RulebookDocument>(`/rulebooks/${encodeURIComponent(id ?? "")}`, { year }, signal),
    enabled: id !== undefined,
    placeholderData: keepPreviousData,
  });

export type RulebookComparison = RulebookDiff & { readonly population: Population | null };

/** What two rulebooks ask differently; with `population`, also whose decisions on the newest roster would change. */
export const useRulebookDiff = (a: string, b: string, population: boolean): UseQueryResult<RulebookComparison> =>
  useGet(`/rulebooks/${encodeURIComponent(a)}/diff/${encodeURIComponent(b)}`, population ? { population } : {});

/** Conditions that stop people, by the filters of the other tables and `rulebook`. */
export const useBottlenecks = (query: Query, enabled = true): UseQueryResult<readonly BottleneckRow[]> =>
  useGet("/bottlenecks", query, enabled);

/** Conditions that stop people together, by the filters of the other tables, `rulebook` and `pool`. */
export const useBlockingSets = (query: Query, enabled = true): UseQueryResult<readonly BlockingSet[]> =>
  useGet("/bottlenecks", { ...query, of: "sets" }, enabled);

export const useStages = (query: Query, enabled = true): UseQueryResult<readonly StageRow[]> =>
  useGet("/bottlenecks", { ...query, of: "stages" }, enabled);

export const useQuotaPressure = (query: Query, enabled = true): UseQueryResult<readonly QuotaPressureRow[]> =>
  useGet("/bottlenecks", { ...query, of: "quota" }, enabled);

export const usePassRates = (query: Query, enabled = true): UseQueryResult<readonly PassRateRow[]> =>
  useGet("/pass-rates", query, enabled);

/** The last day of a publicity that begins on a day, by the working-day calendar. */
export const usePublicity = (rulebook: string, from: string | undefined): UseQueryResult<PublicityAnswer> =>
  useGet("/publicity", { rulebook, from }, from !== undefined);

/** How a proposed list of so many people is shared between regions and trades. */
export const usePlaces = (query: {
  readonly rulebook: string;
  readonly year: number | undefined;
  readonly total: number | undefined;
}): UseQueryResult<PlacesBalance> => useGet("/places", query, query.year !== undefined && query.total !== undefined);

export const usePeople = (query: Query, enabled = true): UseQueryResult<People> => useGet("/workers", query, enabled);

export const useWorker = (id: string | undefined, year: number | undefined): UseQueryResult<WorkerRecord> =>
  useQuery({
    queryKey: ["/workers/one", id, year],
    queryFn: ({ signal }) => getJson<WorkerRecord>(`/workers/${encodeURIComponent(id ?? "")}`, { year }, signal),
    enabled: id !== undefined && year !== undefined,
  });

/** The decisions on one worker at every level the rulebooks of the place cover. */
export const useWorkerEvaluations = (
  id: string | undefined,
  year: number | undefined,
): UseQueryResult<readonly EvaluationResult[]> =>
  useQuery({
    queryKey: ["/workers/evaluations", id, year],
    queryFn: ({ signal }) =>
      getJson<readonly EvaluationResult[]>(`/workers/${encodeURIComponent(id ?? "")}/evaluations`, { year }, signal),
    enabled: id !== undefined && year !== undefined,
  });

export interface EvaluationQuestion {
  readonly rulebook: string;
  readonly level: string;
  readonly year: number;
  readonly facts: Facts;
}

export const useEvaluation = (question: EvaluationQuestion | undefined): UseQueryResult<EvaluationResult> =>
  useQuery({
    queryKey: ["/evaluations", question],
    queryFn: ({ signal }) => postJson<EvaluationResult>("/evaluations", question, signal),
    placeholderData: keepPreviousData,
    enabled: question !== undefined,
    gcTime: 60_000,
  });

export interface ScoreQuestion extends EvaluationQuestion {
  readonly reading?: ScoreResult["honours"]["reading"];
}

export const useScore = (question: ScoreQuestion | undefined): UseQueryResult<ScoreResult> =>
  useQuery({
    queryKey: ["/scores", question],
    queryFn: ({ signal }) => postJson<ScoreResult>("/scores", question, signal),
    placeholderData: keepPreviousData,
    enabled: question !== undefined,
    gcTime: 60_000,
  });

export const useFactForm = (): UseQueryResult<FactForm> =>
  useQuery({
    queryKey: ["/facts"],
    queryFn: async ({ signal }) => readFactForm(await getJson<unknown>("/facts", {}, signal)),
    staleTime: Number.POSITIVE_INFINITY,
  });
