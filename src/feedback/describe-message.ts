import type { Message } from './contract.ts'
import type { findMessage } from './queries.ts'

type MessageRow = NonNullable<Awaited<ReturnType<typeof findMessage>>>

export function describeMessage(row: MessageRow): Message {
  return {
    id: row.id,
    role: row.role,
    status: row.status,
    text: row.text,
    source: row.source,
    errorCode: row.error_code,
    createdAt: row.created_at.toISOString(),
  }
}
