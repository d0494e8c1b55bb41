import { useQuery } from '@tanstack/react-query'
import { type Message, type MessageList, messageListSchema } from '../../src/feedback/contract.ts'
import { queryClient } from '../api/query-client.ts'
import { request } from '../api/request.ts'

const RUNNING_POLL_MS = 1000
const messagesKey = (analysisId: string) => ['messages', analysisId] as const

/** The stored conversation; asked again each second while an answer runs that this tab does not stream itself. */
export function useMessages(analysisId: string, isStreamingHere: boolean) {
  return useQuery({
    queryKey: messagesKey(analysisId),
    queryFn: () => request(messageListSchema, 'GET', `/api/analyses/${analysisId}/messages`),
    refetchInterval: (query) =>
      !isStreamingHere &&
      query.state.data?.messages.some((message) => message.status === 'streaming') === true
        ? RUNNING_POLL_MS
        : false,
  })
}

/** Puts messages into the conversation that is shown, replacing those with the same id. */
export function noteMessages(analysisId: string, messages: readonly Message[]): void {
  queryClient.setQueryData<MessageList>(messagesKey(analysisId), (list) => {
    if (list === undefined) return list
    const ids = new Set(messages.map((message) => message.id))
    return { ...list, messages: [...list.messages.filter((message) => !ids.has(message.id)), ...messages] }
  })
}

export function refreshMessages(analysisId: string): void {
  void queryClient.invalidateQueries({ queryKey: messagesKey(analysisId) })
}
