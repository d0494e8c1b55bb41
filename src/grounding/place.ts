import type { UnmatchedReason } from './contract.ts'
import type { Span, WrittenReference } from './read-text.ts'

export type Judgement = 'grounded' | 'advice' | 'said' | UnmatchedReason

export interface Judged extends Span {
  judgement: Judgement
}

/** Where a number stands: what the words around it say decides what it is. */
export interface Place {
  text: string
  sentence: Span
  clause: Span
  sentenceText: string
  clauseText: string
  references: WrittenReference[]
  /** Of the whole line: a finding that is named once is spoken of until the line ends. */
  lineReferences: WrittenReference[]
}
