/** What a column holds, in words for the person it is about; or why it is kept from the export. */
export type ColumnFacts = string | { withheld: string }

/** One table as a person may ask about it. Every table and column of the database must be named once. */
export interface TableFacts {
  /** The column that says whose row it is; null for rows that are nobody's. */
  owner: 'id' | 'user_id' | null
  /** What becomes of the rows when the account is deleted, or why they stay. */
  erasure: string
  columns: Record<string, ColumnFacts>
}

export type PersonalData = Record<string, TableFacts>
