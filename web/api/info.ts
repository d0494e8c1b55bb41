import { useQuery } from '@tanstack/react-query'
import { z } from 'zod'
import { request } from './request.ts'

const infoSchema = z.object({
  developmentMail: z.boolean(),
  coach: z.enum(['claude', 'offline-coach']),
  version: z.string(),
})

/** What this installation is: its version, who answers the chat, and whether letters are shown on a page. */
export function useInfo() {
  return useQuery({
    queryKey: ['info'],
    queryFn: () => request(infoSchema, 'GET', '/api/info'),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
