/** What may be wrong in a mix. Findings name one of these and a place. */
export const problemKinds = [
  'mud',
  'boom',
  'harshness',
  'level',
  'width',
  'phase',
  'kick-bass-clash',
  'limiting',
] as const
export type ProblemKind = (typeof problemKinds)[number]

/** Where it was heard: stretches of the file, none for the whole; and the band, null for all of it. */
export interface ProblemPlace {
  times: readonly { startSeconds: number; endSeconds: number }[]
  fromHz: number | null
  toHz: number | null
}

/** Problems that are judged by the same evidence. */
export const families = ['tonal', 'clash', 'level', 'stereo', 'phase', 'limiting'] as const
export type Family = (typeof families)[number]

export function familyOf(kind: ProblemKind): Family {
  if (kind === 'mud' || kind === 'boom' || kind === 'harshness') return 'tonal'
  if (kind === 'kick-bass-clash') return 'clash'
  return kind === 'width' ? 'stereo' : kind
}
