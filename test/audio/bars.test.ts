import { afterAll, describe, expect, it } from 'vitest'
import { measureTrack } from '../../src/audio/measure.ts'
import { noise } from './signals.ts'
import { soundFolder, writeWav } from './sound-files.ts'

const folder = soundFolder()
afterAll(folder.remove)

const RATE_HZ = 22_050
const ROOTS_HZ = [110, 130.81, 98, 146.83]

interface Bar {
  startSeconds: number
  beatSeconds: number
  drums: boolean
}

/** Bars of equal count of beats, one after the other, each at its own tempo. */
function bars(beatsPerBar: number, count: number, bpm: (bar: number) => number, drums = (_: number) => true) {
  const list: Bar[] = []
  let startSeconds = 0
  for (let bar = 0; bar < count; bar++) {
    const beatSeconds = 60 / bpm(bar)
    list.push({ startSeconds, beatSeconds, drums: drums(bar) })
    startSeconds += beatsPerBar * beatSeconds
  }
  return { list, endSeconds: startSeconds, beatsPerBar }
}

/** Bass drum on `kicks`, snare on `snares` (beats from the start of the bar), ticks on eighths, a chord per bar. */
function played(
  { list, endSeconds }: ReturnType<typeof bars>,
  kicks: number[],
  snares: number[],
): Float64Array {
  const hiss = noise(Math.round(endSeconds * RATE_HZ), 8)
  let at = 0
  return hiss.map((x, i) => {
    const t = i / RATE_HZ
    while (t >= (list[at + 1]?.startSeconds ?? Number.POSITIVE_INFINITY)) at++
    const bar = list[at] ?? { startSeconds: 0, beatSeconds: 1, drums: false }
    const since = (beats: number[]) =>
      sinceLast(beats, (t - bar.startSeconds) / bar.beatSeconds) * bar.beatSeconds
    const eighth = (t - bar.startSeconds) % (bar.beatSeconds / 2)
    const kick = since(kicks)
    const drums =
      0.5 * Math.sin(2 * Math.PI * 52 * kick) * Math.exp(-kick / 0.1) +
      0.3 * x * Math.exp(-since(snares) / 0.05) +
      0.05 * x * Math.exp(-eighth / 0.02)
    const root = ROOTS_HZ[at % ROOTS_HZ.length] ?? 110
    const rise = Math.min(1, (t - bar.startSeconds) / 0.3)
    const chord = [1, 1.189, 1.5].reduce((sum, ratio) => sum + Math.sin(4 * Math.PI * root * ratio * t), 0)
    return (bar.drums ? drums : 0) + 0.05 * rise * chord
  })
}

function sinceLast(beats: number[], now: number): number {
  const passed = beats.map((beat) => now - beat).filter((gap) => gap >= 0)
  return passed.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...passed)
}

let count = 0
const measured = (samples: Float64Array) =>
  measureTrack(writeWav(folder.path(`${count++}.wav`), [samples], { sampleRateHz: RATE_HZ, bits: 16 }))

/** Share of the true places that something found lies within 70 ms of. */
function recall(found: readonly number[], truth: readonly number[]): number {
  return truth.filter((time) => found.some((other) => Math.abs(other - time) <= 0.07)).length / truth.length
}

describe('the meter', () => {
  it.each([
    { name: '4/4', beatsPerBar: 4, kicks: [0, 2], snares: [1, 3] },
    { name: '3/4', beatsPerBar: 3, kicks: [0], snares: [1, 2] },
    { name: '5/4', beatsPerBar: 5, kicks: [0, 3], snares: [2, 4] },
    { name: '7/8', beatsPerBar: 3.5, kicks: [0, 2], snares: [1, 3] },
  ])('$name is told from the others, and its bars begin where they do', async (meter) => {
    const track = bars(meter.beatsPerBar, 32, () => 140)
    const { rhythm } = await measured(played(track, meter.kicks, meter.snares))
    expect(rhythm?.tempoBpm).toBeCloseTo(140, 0)
    expect(rhythm?.beatsPerBar).toBe(meter.beatsPerBar)
    expect(rhythm?.meter?.name).toBe(meter.name)
    const truth = track.list.map(({ startSeconds }) => startSeconds)
    expect(recall(rhythm?.downbeatsSeconds ?? [], truth)).toBeGreaterThan(0.9)
    expect(rhythm?.downbeatsSeconds.length).toBeLessThan(1.1 * truth.length)
  })

  it('7/8 is counted in three: two, two and three eighths', async () => {
    const track = bars(3.5, 32, () => 140)
    const { rhythm } = await measured(played(track, [0, 2], [1, 3]))
    const truth = track.list.flatMap(({ startSeconds, beatSeconds }) =>
      [0, 1, 2].map((beat) => startSeconds + beat * beatSeconds),
    )
    expect(recall(rhythm?.beatsSeconds ?? [], truth)).toBeGreaterThan(0.9)
    expect(rhythm?.beatsSeconds.length).toBeLessThan(1.1 * truth.length)
  })
})

describe('the beats', () => {
  it('go on evenly where the drums pause', async () => {
    const track = bars(
      4,
      40,
      () => 126,
      (bar) => bar < 16 || bar >= 28,
    )
    const { rhythm } = await measured(played(track, [0, 1, 2, 3], [1, 3]))
    const pause = track.list.filter(({ drums }) => !drums)
    const truth = pause.flatMap(({ startSeconds, beatSeconds }) =>
      [0, 1, 2, 3].map((beat) => startSeconds + beat * beatSeconds),
    )
    expect(rhythm?.steady).toBe(true)
    expect(recall(rhythm?.beatsSeconds ?? [], truth)).toBe(1)
  })

  it('follow a tempo that slides by half', async () => {
    const track = bars(4, 56, (bar) => 90 + bar)
    const { rhythm } = await measured(played(track, [0, 1, 2, 3], [1, 3]))
    const truth = track.list.map(({ startSeconds }) => startSeconds)
    expect(rhythm?.steady).toBe(false)
    expect(recall(rhythm?.beatsSeconds ?? [], truth)).toBeGreaterThan(0.95)
  })

  it('follow a tempo that jumps, and a section begins there', async () => {
    const track = bars(4, 48, (bar) => (bar < 24 ? 120 : 128))
    const { rhythm, structure } = await measured(played(track, [0, 1, 2, 3], [1, 3]))
    const jump = track.list[24]?.startSeconds ?? 0
    expect(rhythm?.steady).toBe(false)
    expect(structure?.sections.map(({ startSeconds }) => Math.round(startSeconds - jump))).toContain(0)
    const truth = track.list.map(({ startSeconds }) => startSeconds)
    expect(recall(rhythm?.downbeatsSeconds ?? [], truth)).toBeGreaterThan(0.9)
  })
})
