import { QueryCache, QueryClient } from "@tanstack/react-query";
import { watchDataVersion } from "./data-version.ts";
import { ApiProblem } from "./problem.ts";

/** Asking again helps when the server is busy or away, never when the question is wrong. */
export const isWorthRetrying = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.status === 0 || error.status === 503);

const isSignedOut = (error: unknown): boolean => error instanceof ApiProblem && error.status === 401;

export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      // A session that ended while a page was open: ask for it again, and the sign-in page shows.
      onError: (error, query) => {
        if (isSignedOut(error) && query.queryKey[0] !== "/session") {
          void client.invalidateQueries({ queryKey: ["/session"] });
        }
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && isWorthRetrying(error),
      },
      mutations: { retry: false },
    },
  });
  watchDataVersion(() => void client.invalidateQueries());
  return client;
}
