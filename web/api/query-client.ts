import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './problem.ts'

export const meKey = ['me'] as const
const MAX_RETRIES = 2

/** A login that ended elsewhere shows itself as 401 on any call: from then on nobody is logged in here. */
function noticeLogout(error: unknown): void {
  if (error instanceof ApiProblem && error.status === 401) queryClient.setQueryData(meKey, null)
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeLogout }),
  mutationCache: new MutationCache({ onError: noticeLogout }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal stays a refusal; only silence and server trouble are worth another try.
      retry: (failures, error) =>
        failures < MAX_RETRIES && error instanceof ApiProblem && (error.status === 0 || error.status >= 500),
    },
    mutations: { retry: false },
  },
})
