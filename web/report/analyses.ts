import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { z } from 'zod'
import {
  type Analysis,
  type AnalysisSummary,
  analysisListSchema,
  analysisSchema,
  type GivenVerdict,
  type ProgressEvent,
} from '../../src/analyses/contract.ts'
import type { Correction } from '../../src/report/contract.ts'
import { queryClient } from '../api/query-client.ts'
import { request, send } from '../api/request.ts'
import { refreshUsage } from '../plan/usage.ts'

const LIST_POLL_MS = 3000
const listKey = ['analyses'] as const
const analysisKey = (id: string) => ['analysis', id] as const

const isUnderWay = (analysis: AnalysisSummary) => analysis.state === 'queued' || analysis.state === 'running'

/** All analyses, newest first, page by page; asked again every few seconds while one is under way. */
export function useAnalyses() {
  return useInfiniteQuery({
    queryKey: listKey,
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      request(
        analysisListSchema,
        'GET',
        pageParam === '' ? '/api/analyses' : `/api/analyses?cursor=${encodeURIComponent(pageParam)}`,
      ),
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.analyses.some(isUnderWay)) === true ? LIST_POLL_MS : false,
  })
}

export function useAnalysis(id: string) {
  return useQuery({
    queryKey: analysisKey(id),
    queryFn: () => request(analysisSchema, 'GET', `/api/analyses/${id}`),
  })
}

/** Puts a progress event into what is already known; a finished analysis is read again with its report. */
export function noteProgress(summary: ProgressEvent): void {
  queryClient.setQueryData<Analysis>(analysisKey(summary.id), (known) =>
    known === undefined ? known : { ...known, ...summary },
  )
  if (isUnderWay(summary)) return
  refreshAnalysis(summary.id)
  refreshUsage()
}

export function refreshAnalysis(id: string): void {
  void queryClient.invalidateQueries({ queryKey: analysisKey(id) })
  void queryClient.invalidateQueries({ queryKey: listKey })
}

export function useRetryAnalysis(id: string) {
  return useMutation({
    mutationFn: ({ withoutReference = false }: { withoutReference?: boolean }) =>
      send('POST', `/api/analyses/${id}/retry${withoutReference ? '?without=reference' : ''}`, { body: {} }),
    onSuccess: () => refreshAnalysis(id),
  })
}

export function useCorrectAnalysis(id: string) {
  return useMutation({
    mutationFn: (correction: Correction) =>
      request(analysisSchema, 'PATCH', `/api/analyses/${id}/correction`, { body: correction }),
    onSuccess: (analysis) => queryClient.setQueryData<Analysis>(analysisKey(id), analysis),
  })
}

/** Says something about a finding, or takes it back; the answer is the analysis as it is then. */
export function useGiveVerdict(id: string) {
  return useMutation({
    mutationFn: (given: GivenVerdict) =>
      request(analysisSchema, 'PATCH', `/api/analyses/${id}/verdicts`, { body: given }),
    onSuccess: (analysis) => queryClient.setQueryData<Analysis>(analysisKey(id), analysis),
  })
}

export function useDeleteAnalysis() {
  return useMutation({
    mutationFn: (id: string) => send('DELETE', `/api/analyses/${id}`),
    onSuccess: (_answer, id) => {
      queryClient.removeQueries({ queryKey: analysisKey(id) })
      queryClient.removeQueries({ queryKey: ['messages', id] })
      void queryClient.invalidateQueries({ queryKey: listKey })
      refreshUsage()
    },
  })
}

export const isAnalysisId = (text: string): boolean => z.uuid().safeParse(text).success
