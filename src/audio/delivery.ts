import type { Delivery, Loudness, Peaks } from './contract.ts'
import { roundTo } from './decibels.ts'

type Platform = Delivery['platforms'][number]

interface Rule {
  name: string
  targetLufs: number | null
  peakAdviceDbtp: number | null
  /** Whether quiet tracks are turned up; then only until the peak stands this far below full scale. */
  upToDbtp: number | null
  status: Platform['status']
}

/** What platforms say or are said to do with loudness. `status` tells how sure that is. */
const RULES: readonly Rule[] = [
  { name: 'Spotify', targetLufs: -14, peakAdviceDbtp: -1, upToDbtp: -1, status: 'official' },
  { name: 'Spotify, Loud', targetLufs: -11, peakAdviceDbtp: -2, upToDbtp: null, status: 'official' },
  { name: 'Apple Music', targetLufs: -16, peakAdviceDbtp: -1, upToDbtp: null, status: 'third-party' },
  { name: 'YouTube', targetLufs: -14, peakAdviceDbtp: -1, upToDbtp: null, status: 'third-party' },
  { name: 'Tidal', targetLufs: -14, peakAdviceDbtp: -1, upToDbtp: null, status: 'third-party' },
  { name: 'Amazon Music', targetLufs: -14, peakAdviceDbtp: -2, upToDbtp: null, status: 'third-party' },
  { name: 'Deezer', targetLufs: -15, peakAdviceDbtp: -1, upToDbtp: null, status: 'third-party' },
  { name: 'SoundCloud', targetLufs: null, peakAdviceDbtp: null, upToDbtp: null, status: 'not published' },
  { name: 'TikTok', targetLufs: null, peakAdviceDbtp: null, upToDbtp: null, status: 'not published' },
  { name: 'Club', targetLufs: -9, peakAdviceDbtp: -1, upToDbtp: null, status: 'practice' },
  { name: 'Broadcast, EBU R 128', targetLufs: -23, peakAdviceDbtp: -1, upToDbtp: null, status: 'official' },
  { name: 'Broadcast, ATSC A/85', targetLufs: -24, peakAdviceDbtp: -2, upToDbtp: null, status: 'official' },
]

/** Where a track is brought to a level exactly, by whoever airs it, it is turned both ways. */
const BOTH_WAYS = /^Broadcast/
/** Louder than this, Spotify asks for 2 dB of headroom. */
const SPOTIFY_LOUD_LUFS = -14

/** What each destination does with this track's loudness and peak. Null where nothing is known or measured. */
export function planDelivery(loudness: Loudness, peaks: Peaks): Delivery {
  return { platforms: RULES.map((rule) => platformOf(rule, loudness.integratedLufs, peaks.truePeakDbtp)) }
}

function platformOf(rule: Rule, integratedLufs: number | null, truePeakDbtp: number | null): Platform {
  const gainDb = gainOf(rule, integratedLufs, truePeakDbtp)
  const peakAdviceDbtp =
    rule.name === 'Spotify' && integratedLufs !== null && integratedLufs > SPOTIFY_LOUD_LUFS
      ? -2
      : rule.peakAdviceDbtp
  return {
    name: rule.name,
    targetLufs: rule.targetLufs,
    gainDb: gainDb === null ? null : roundTo(gainDb, 2),
    truePeakAfterDbtp: gainDb === null || truePeakDbtp === null ? null : roundTo(truePeakDbtp + gainDb, 2),
    peakAdviceDbtp,
    headroomDb:
      peakAdviceDbtp === null || truePeakDbtp === null ? null : roundTo(peakAdviceDbtp - truePeakDbtp, 2),
    status: rule.status,
  }
}

function gainOf(rule: Rule, integratedLufs: number | null, truePeakDbtp: number | null): number | null {
  if (rule.targetLufs === null || integratedLufs === null || rule.status === 'practice') return null
  const wanted = rule.targetLufs - integratedLufs
  if (wanted <= 0 || BOTH_WAYS.test(rule.name)) return wanted
  if (rule.upToDbtp === null || truePeakDbtp === null) return 0
  return Math.max(0, Math.min(wanted, rule.upToDbtp - truePeakDbtp))
}
