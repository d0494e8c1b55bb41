import { useQuery } from '@tanstack/react-query'
import { type Message, type MessageList, messageListSchema } from '../../src/feedback/contract.ts'
import { queryClient } from '../api/query-client.ts'
import { request, send } from '../api/request.ts'

const messagesKey = (analysisId: string) => ['messages', analysisId] as const

/** The stored conversation. */
export function useMessages(analysisId: string) {
  return useQuery({
    queryKey: messagesKey(analysisId),
    queryFn: () => request(messageListSchema, 'GET', `/api/analyses/${analysisId}/messages`),
  })
}

/** The conversation as it is known here now; undefined before it was read. */
export function knownMessages(analysisId: string): readonly Message[] | undefined {
  return queryClient.getQueryData<MessageList>(messagesKey(analysisId))?.messages
}

function change(analysisId: string, next: (messages: readonly Message[]) => Message[]): void {
  queryClient.setQueryData<MessageList>(messagesKey(analysisId), (list) =>
    list === undefined ? list : { ...list, messages: next(list.messages) },
  )
}

/** Puts messages into the conversation that is shown, replacing those with the same id. */
export function noteMessages(analysisId: string, messages: readonly Message[]): void {
  const ids = new Set(messages.map((message) => message.id))
  change(analysisId, (shown) => [...shown.filter((message) => !ids.has(message.id)), ...messages])
}

/** A question and everything after it is shown no more. */
export function dropFrom(analysisId: string, questionId: string): void {
  change(analysisId, (shown) => {
    const at = shown.findIndex((message) => message.id === questionId)
    return at < 0 ? [...shown] : shown.slice(0, at)
  })
}

export function refreshMessages(analysisId: string): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: messagesKey(analysisId) })
}

/** The whole conversation is gone, here and on the server. */
export async function deleteMessages(analysisId: string): Promise<void> {
  await send('DELETE', `/api/analyses/${analysisId}/messages`)
  change(analysisId, () => [])
}
