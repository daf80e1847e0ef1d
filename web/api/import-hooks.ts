/** Questions about files sent, checks and imports. */
import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect } from "react";
import { deleteAt, getJson, postJson } from "./client.ts";
import { noteDataVersion } from "./data-version.ts";
import type {
  ImportJob,
  ImportReport,
  ImportState,
  JobRequest,
  RosterKind,
  RosterPreview,
  UndoReport,
} from "./import-types.ts";
import { ApiProblem } from "./problem.ts";
import { isWorthRetrying } from "./query-client.ts";
import type { District } from "./types.ts";

export type RosterJob = ImportJob<ImportReport>;

export interface PreviewQuestion {
  readonly upload: string;
  readonly kind: RosterKind;
  readonly sheet: string | undefined;
  readonly mapping: Readonly<Record<string, string>>;
}

export type PreviewAnswer = UseQueryResult<RosterPreview>;

/** Sheets and columns of an uploaded file. What is shown of one file never stands for another. */
export const usePreview = (question: PreviewQuestion | undefined): PreviewAnswer =>
  useQuery({
    queryKey: ["/imports/preview", question?.upload, question],
    queryFn: ({ signal }) => {
      const form = new FormData();
      if (question) {
        form.set("upload", question.upload);
        form.set("kind", question.kind);
        if (question.sheet !== undefined) form.set("sheet", question.sheet);
        form.set("mapping", JSON.stringify(question.mapping));
      }
      return postJson<RosterPreview>("/imports/preview", form, signal);
    },
    placeholderData: (before, query) => (query?.queryKey[1] === question?.upload ? before : undefined),
    enabled: question !== undefined,
  });

const jobKey = (id: string) => ["/import-jobs/one", id];
export const isActive = ({ state }: Pick<RosterJob, "state">): boolean => state === "waiting" || state === "running";
/** How often a running job is asked how far it is, ms. */
const askEvery = 500;

/** One job, asked until it is over; then, if it wrote something, everything else on the page is asked anew. */
export function useJob(id: string | undefined): UseQueryResult<RosterJob> {
  const job = useQuery({
    queryKey: jobKey(id ?? ""),
    queryFn: ({ signal }) => getJson<RosterJob>(`/import-jobs/${encodeURIComponent(id ?? "")}`, {}, signal),
    enabled: id !== undefined,
    // what was known of a job is old at once
    staleTime: 0,
    refetchInterval: ({ state: { data, error } }) =>
      (data && !isActive(data)) || (error !== null && !isWorthRetrying(error)) ? false : askEvery,
    retry: false,
  });
  const { data } = job;
  const version = data?.state === "done" && !data.dryRun ? data.report?.version : undefined;
  useEffect(() => {
    if (version !== undefined) noteDataVersion(String(version));
  }, [version]);
  return job;
}

/** The caller's jobs, newest first. */
export const useJobs = (): UseQueryResult<readonly RosterJob[]> =>
  useQuery({
    queryKey: ["/import-jobs"],
    queryFn: ({ signal }) => getJson<readonly RosterJob[]>("/import-jobs", {}, signal),
    staleTime: 0,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.some(isActive) ? 2_000 : false),
  });

export function useStartJob(): UseMutationResult<RosterJob, Error, JobRequest> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request) => postJson<RosterJob>("/import-jobs", request),
    onSuccess: (job) => {
      client.setQueryData(jobKey(job.id), job);
      void client.invalidateQueries({ queryKey: ["/import-jobs"] });
    },
  });
}

export function useCancelJob(): UseMutationResult<RosterJob | undefined, Error, string> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => deleteAt<RosterJob>(`/import-jobs/${encodeURIComponent(id)}`),
    onSuccess: (job, id) => client.setQueryData(jobKey(id), job),
  });
}

/** Every district that a roster may name; those of the page's own lists have rows already. */
export const useAllDistricts = (): UseQueryResult<readonly District[]> =>
  useQuery({
    queryKey: ["/districts"],
    queryFn: ({ signal }) => getJson<readonly District[]>("/districts", {}, signal),
  });

export const useForgetHeading = (): UseMutationResult<unknown, Error, { kind: RosterKind; heading: string }> => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (heading: { kind: RosterKind; heading: string }) => deleteAt("/heading-mappings", heading),
    onSuccess: () => client.invalidateQueries({ queryKey: ["/imports/preview"] }),
  });
};

/** One entry of the history: whether it can still be undone. */
export const useImportState = (id: number | null): UseQueryResult<ImportState> =>
  useQuery({
    queryKey: ["/imports/one", id],
    queryFn: ({ signal }) => getJson<ImportState>(`/imports/${id}`, {}, signal),
    enabled: id !== null,
  });

export function useUndo(): UseMutationResult<UndoReport, Error, number> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id) => postJson<UndoReport>(`/imports/${id}/undo`, {}),
    onSuccess: () => client.invalidateQueries(),
  });
}

/** Clears a file that is not needed any more; that it is gone already is no failure. */
export async function clearUpload(upload: string): Promise<void> {
  try {
    await deleteAt(`/uploads/${encodeURIComponent(upload)}`);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
  }
}
