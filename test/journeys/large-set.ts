import { gzipSync } from 'node:zlib'
import type { LiveSet, SetClip, SetTrack } from '../../src/als/contract.ts'
import { exampleSet } from '../als/example-set.ts'
import { printSet } from '../als/print-set.ts'

const BEATS_PER_BAR = 4
const CLIP_BARS = 4
const GROUP_OF = 10

interface Size {
  tracks: number
  bars: number
}

function clipsOf(like: SetClip, index: number, bars: number): SetClip[] {
  const clips: SetClip[] = []
  for (let bar = 0; bar < bars; bar += CLIP_BARS) {
    if ((bar / CLIP_BARS + index) % 5 === 0) continue
    const startBeat = bar * BEATS_PER_BAR
    clips.push({
      ...like,
      name: `Part ${bar / CLIP_BARS}`,
      color: (index * 3 + bar) % 70,
      startBeat,
      endBeat: startBeat + CLIP_BARS * BEATS_PER_BAR,
    })
  }
  return clips
}

/** A Live 12 set with so many tracks over so many bars, in groups of ten, every fifth with automation of its fader. */
export function largeSet({ tracks, bars }: Size): Buffer {
  const { set } = exampleSet(12)
  const find = (name: string) => set.tracks.find((track) => track.name === name)
  const [kick, drums, room, main] = ['Kick', 'Drums', 'Room', 'Main'].map(find)
  if (!kick?.clipList[0] || !drums || !room || !main) throw new Error('the example set has changed')
  const like = kick.clipList[0]
  const made = Array.from({ length: tracks }, (_, index): SetTrack => {
    const group = Math.floor(index / GROUP_OF) * GROUP_OF
    const id = String(100 + index)
    if (index === group) return { ...drums, id, name: `Group ${index / GROUP_OF + 1}`, userName: 'Group' }
    const points = Array.from({ length: bars }, (_each, bar) => ({
      beat: bar * BEATS_PER_BAR,
      value: -(bar % 12),
    }))
    const automation = {
      deviceId: null,
      deviceName: null,
      parameter: 'volumeDb',
      pointCount: bars,
      points,
      initial: 0,
    }
    return {
      ...kick,
      id,
      name: `Track ${index}`,
      userName: `Track ${index}`,
      color: index % 70,
      groupId: String(100 + group),
      clipList: clipsOf(like, index, bars),
      automation: index % 5 === 0 ? [] : index % 5 === 1 ? [automation] : [],
    }
  })
  const large: LiveSet = {
    ...set,
    loop: { on: true, startBeat: 64, lengthBeats: 64 },
    tracks: [...made, room, main],
  }
  return gzipSync(printSet({ era: 12, set: large }))
}
