import type { ReportLink } from './contract.ts'

export function describeLink(row: {
  id: string
  shows_names: boolean
  created_at: Date
  expires_at: Date
}): ReportLink {
  return {
    id: row.id,
    showsNames: row.shows_names,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }
}
