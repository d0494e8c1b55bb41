import { type Verdict, verdictSchema } from '../grounding/contract.ts'
import type { Message } from './contract.ts'
import type { findMessage } from './queries.ts'

type MessageRow = NonNullable<Awaited<ReturnType<typeof findMessage>>>

function verdictOf(stored: unknown): Verdict | null {
  const parsed = verdictSchema.safeParse(stored)
  return parsed.success ? parsed.data : null
}

export function describeMessage(row: MessageRow): Message {
  return {
    id: row.id,
    parentId: row.parent_id,
    role: row.role,
    kind: row.kind,
    status: row.status,
    text: row.text,
    source: row.source,
    errorCode: row.error_code,
    verdict: verdictOf(row.verdict),
    createdAt: row.created_at.toISOString(),
  }
}
