import type { Message } from '../../src/feedback/contract.ts'

/** A question with its answers: the newest last, the earlier ones its versions. */
export interface Exchange {
  question: Message
  answers: Message[]
}

/** The conversation by questions, in the order in which they were asked. */
export function toExchanges(messages: readonly Message[]): Exchange[] {
  return messages
    .filter((message) => message.role === 'user')
    .map((question) => ({
      question,
      answers: messages.filter((message) => message.parentId === question.id),
    }))
}
