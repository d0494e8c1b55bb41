/** Where a loudspeaker stands; `mono` is a single channel, `other` one whose place is unknown. */
export type ChannelRole =
  | 'mono'
  | 'left'
  | 'right'
  | 'centre'
  | 'lfe'
  | 'surroundLeft'
  | 'surroundRight'
  | 'backLeft'
  | 'backRight'
  | 'backCentre'
  | 'other'

/** Speaker bits of a WAVE_FORMAT_EXTENSIBLE channel mask, lowest first. */
const MASK_ROLES: readonly (readonly [bit: number, role: ChannelRole])[] = [
  [0x1, 'left'],
  [0x2, 'right'],
  [0x4, 'centre'],
  [0x8, 'lfe'],
  [0x10, 'backLeft'],
  [0x20, 'backRight'],
  [0x40, 'other'],
  [0x80, 'other'],
  [0x100, 'backCentre'],
  [0x200, 'surroundLeft'],
  [0x400, 'surroundRight'],
]

const DEFAULT_ROLES: readonly (readonly ChannelRole[])[] = [
  ['mono'],
  ['left', 'right'],
  ['left', 'right', 'centre'],
  ['left', 'right', 'surroundLeft', 'surroundRight'],
  ['left', 'right', 'centre', 'surroundLeft', 'surroundRight'],
  ['left', 'right', 'centre', 'lfe', 'surroundLeft', 'surroundRight'],
  ['left', 'right', 'centre', 'lfe', 'backCentre', 'surroundLeft', 'surroundRight'],
  ['left', 'right', 'centre', 'lfe', 'backLeft', 'backRight', 'surroundLeft', 'surroundRight'],
]

/** Roles of the channels of a file that does not say (1…8 channels, the usual order of WAV and FLAC). */
export function defaultRoles(channels: number): ChannelRole[] {
  return [...(DEFAULT_ROLES[channels - 1] ?? [])]
}

/** Roles by a WAV channel mask; a mask that names fewer speakers than there are channels falls back to the usual order. */
export function rolesFromMask(mask: number, channels: number): ChannelRole[] {
  if (channels === 1) return ['mono']
  const named = MASK_ROLES.filter(([bit]) => (mask & bit) !== 0).map(([, role]) => role)
  if (named.length < channels) return defaultRoles(channels)
  const roles = named.slice(0, channels)
  if (roles.includes('surroundLeft')) return roles
  // 5.1 and quad files name their only surrounds "back": they are the ±110° pair of the standard.
  return roles.map((role) =>
    role === 'backLeft' ? 'surroundLeft' : role === 'backRight' ? 'surroundRight' : role,
  )
}

/** Energy weight of a channel in loudness. Source: ITU-R BS.1770-5 Annex 1 table 3 and Annex 3 (60° ≤ |azimuth| ≤ 120°: 1.41). */
export function loudnessWeight(role: ChannelRole): number {
  if (role === 'lfe') return 0
  return role === 'surroundLeft' || role === 'surroundRight' ? 1.41 : 1
}

/** Amplitude with which a channel enters the stereo downmix. Source: ITU-R BS.775-3 (centre and surrounds −3 dB, no LFE). */
export function downmixGains(role: ChannelRole): readonly [left: number, right: number] {
  switch (role) {
    case 'left':
      return [1, 0]
    case 'right':
      return [0, 1]
    case 'surroundLeft':
    case 'backLeft':
      return [Math.SQRT1_2, 0]
    case 'surroundRight':
    case 'backRight':
      return [0, Math.SQRT1_2]
    case 'lfe':
      return [0, 0]
    default:
      return [Math.SQRT1_2, Math.SQRT1_2]
  }
}
