import type { SetDevice } from '../../als/contract.ts'
import { count, type Found, numberOf, type Rule, word } from '../rule.ts'
import type { ViewedTrack } from '../set-view.ts'

/** In Live's own counting up to 50 for one side. */
const MOST_PAN_STEPS = 10
const MOST_WIDTH = 1.02
const WIDENERS = new Set(['Chorus', 'Chorus2', 'Flanger', 'PhaserNew', 'PingPongDelay'])

const isMono = ({ class: kind, effectivelyOn, parameters }: SetDevice) =>
  kind === 'StereoGain' &&
  effectivelyOn !== false &&
  (parameters.bassMono === true || parameters.mono === true || parameters.width === 0)

function widthOf(track: ViewedTrack): Found | undefined {
  const panSteps = Math.round(Math.abs(track.pan ?? 0) * 50)
  if (panSteps > MOST_PAN_STEPS) {
    const side = (track.pan ?? 0) < 0 ? 'L' : 'R'
    return { track, present: word(`pan ${panSteps}${side}`), proposed: word('pan C') }
  }
  const monoInGroup = track.groups.some(({ allDevices }) => allDevices.some(isMono))
  const lastMono = track.allDevices.findLastIndex(isMono)
  for (const [index, device] of track.allDevices.entries()) {
    if (device.effectivelyOn === false || monoInGroup || index <= lastMono) continue
    const width = device.class === 'StereoGain' ? numberOf(device, 'width') : null
    if (width !== null && width > MOST_WIDTH) {
      return {
        track,
        device,
        present: count(Math.round(width * 100), '% width'),
        proposed: word('Bass Mono, or 100 % width'),
      }
    }
    if (WIDENERS.has(device.class)) {
      return {
        track,
        device,
        severity: 'info',
        present: word('widened, not mono below'),
        proposed: word('Utility behind it with Bass Mono'),
      }
    }
  }
  return undefined
}

export const wideBass: Rule = {
  id: 'set-wide-bass',
  severity: 'advice',
  title: 'A bass track is wide or off centre',
  reason:
    'Wide low frequencies lose level in mono and on club systems; about 100–120 Hz and below is commonly kept mono.',
  provenance: 'opinion',
  source: 'rule of thumb without a published authority',
  check: ({ tracks }) => {
    const basses = tracks.filter(({ role, content }) => role?.name === 'bass' && content.length > 0)
    if (basses.length === 0) return null
    return basses.flatMap((track): Found[] => {
      const found = widthOf(track)
      if (found === undefined) return []
      const sureness = track.role?.evidence === 'name' ? 'likely' : 'possible'
      return [{ ...found, sureness, doubt: 'A bass with most of its energy above the lows may be wide.' }]
    })
  },
}
