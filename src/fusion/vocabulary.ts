// Words alone, without any schema: the engine needs them and starts faster without zod.

/** What a track may play in the music. */
export const ROLES = [
  'kick',
  'snare',
  'hats',
  'percussion',
  'drums',
  'bass',
  'lead',
  'chords',
  'vocal',
  'effects',
] as const
