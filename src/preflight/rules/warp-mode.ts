import type { SetClip } from '../../als/contract.ts'
import type { RoleName } from '../roles.ts'
import { type Found, type Rule, word } from '../rule.ts'
import type { SetView, ViewedTrack } from '../set-view.ts'

/** Below this much stretching every mode leaves most samples as they are. */
const LEAST_STRETCH = 0.03
const FITTING: Readonly<Record<RoleName, { unfit: readonly string[]; better: string }>> = {
  kick: { unfit: ['Complex', 'Complex Pro', 'Texture', 'Tones'], better: 'Beats' },
  drums: { unfit: ['Complex', 'Complex Pro', 'Texture', 'Tones'], better: 'Beats' },
  bass: { unfit: ['Beats', 'Texture'], better: 'Tones' },
  vocals: { unfit: ['Beats', 'Texture'], better: 'Complex Pro' },
  sustained: { unfit: ['Beats'], better: 'Complex or Texture' },
}

/** How far a clip is stretched against its own tempo, as a share; null when the file does not say. */
function stretchOf({ audio }: SetClip, tempoBpm: number | null): number | null {
  const own = audio?.sampleBpm ?? null
  return own === null || tempoBpm === null ? null : tempoBpm / own - 1
}

function unfitClips(track: ViewedTrack, tempoBpm: number | null): SetClip[] {
  const unfit = track.role === null ? [] : FITTING[track.role.name].unfit
  return track.content.filter((clip) => {
    const mode = clip.audio?.warpMode ?? null
    const stretch = stretchOf(clip, tempoBpm)
    return mode !== null && unfit.includes(mode) && stretch !== null && Math.abs(stretch) >= LEAST_STRETCH
  })
}

function findingFor(track: ViewedTrack, { set }: SetView): Found[] {
  const clips = unfitClips(track, set.tempoAtStartBpm)
  const [clip] = clips
  if (clip === undefined || track.role === null) return []
  const percent = Math.round((stretchOf(clip, set.tempoAtStartBpm) ?? 0) * 100)
  const more = clips.length > 1 ? `, ${clips.length} clips` : ''
  return [
    {
      track,
      clip,
      present: word(`${clip.audio?.warpMode} at ${percent > 0 ? '+' : ''}${percent} % tempo${more}`),
      proposed: word(FITTING[track.role.name].better),
      sureness: track.role.evidence === 'name' ? 'likely' : 'possible',
      doubt: 'What the track plays is guessed from names; an unusual mode can be the sound that was wanted.',
    },
  ]
}

export const warpMode: Rule = {
  id: 'set-warp-mode',
  severity: 'advice',
  title: 'The warp mode does not fit what the clip plays',
  reason: 'Complex modes soften drums; Beats cuts long sounds, voices and basses into pieces.',
  provenance: 'standard',
  source: 'Live manual, Audio Clips, Tempo, and Warping: what each mode is for',
  check: (view) => {
    const audible = view.tracks.filter(
      ({ role, content }) => role !== null && content.some(({ audio }) => audio?.warpMode),
    )
    return audible.length === 0 ? null : audible.flatMap((track) => findingFor(track, view))
  },
}
