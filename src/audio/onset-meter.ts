import { createSeries, HOPS_PER_SECOND } from './hop-grid.ts'
import type { KernelRuntime } from './kernels/load-kernels.ts'
import type { Block } from './track-blocks.ts'

/** 23 ms at every sample rate: short enough to place a beat, long enough to tell bass from drums. */
const POINTS_AT_44100 = 1024
/** Lower edges of the bands in Hz, about one Bark wide. */
const BAND_EDGES_HZ = [
  30, 110, 200, 300, 400, 510, 630, 770, 920, 1080, 1270, 1480, 1720, 2000, 2320, 2700, 3150, 3700, 4400,
  5300, 6400, 7700, 9500, 12_000, 15_500,
]
const BANDS = BAND_EDGES_HZ.length - 1
/** Bands at which the groups low (to 200 Hz), mid (to 2 kHz) and high end. */
const GROUP_ENDS = [2, 13, BANDS]
/** Powers (full-scale sine = 1) below 1/scale count little: −50 dBFS. */
const LOUDNESS_SCALE = 1e5
/** Rows that a rise is measured over: 20 ms, about one window. */
const RISE_ROWS = 2

/** How much each 10 ms hop gets louder: the raw material of rhythm. */
export interface Onsets {
  rowsPerSecond: number
  low: Float64Array
  mid: Float64Array
  high: Float64Array
  /** Time of row 0, in seconds: the middle of its window. */
  offsetSeconds: number
}

export interface OnsetMeter {
  add(block: Block): void
  finish(): Onsets
}

export function onsetPoints(sampleRateHz: number): number {
  return Math.max(256, 2 ** Math.round(Math.log2((POINTS_AT_44100 * sampleRateHz) / 44_100)))
}

/** Rises of loudness in three groups of bands, one row per hop; the window of a row ends with its hop. */
export function createOnsetMeter(sampleRateHz: number, runtime: KernelRuntime): OnsetMeter {
  const { kernels } = runtime
  const size = onsetPoints(sampleRateHz)
  const setup = runtime.fftSetup(size)
  const at = memoryFor(runtime, size, sampleRateHz)
  const rows = Array.from({ length: RISE_ROWS + 1 }, () => runtime.allocate(BANDS * 4))
  const [low, mid, high] = [createSeries(), createSeries(), createSeries()]
  const scale = LOUDNESS_SCALE / ((size * size * 3) / 32)
  let count = 0

  return {
    add(block) {
      const rises = runtime.floats(at.out, 3)
      for (const end of block.hopEnds) {
        const offset = (end - size) * 4
        const row = rows[count % rows.length] ?? 0
        const earlier = rows[(count + 1) % rows.length] ?? 0
        kernels.transform(block.mid + offset, at.window, setup, at.spectrum, at.scratch, at.work, size)
        kernels.powerOf(at.spectrum, at.power, size)
        kernels.bandSums(at.power, at.edges, BANDS, row)
        kernels.onsets(row, earlier, BANDS, scale, at.groups, GROUP_ENDS.length, at.out)
        low.push(rises[0] ?? 0)
        mid.push(rises[1] ?? 0)
        high.push(rises[2] ?? 0)
        count++
      }
    },
    finish: () => ({
      rowsPerSecond: HOPS_PER_SECOND,
      low: low.values(),
      mid: mid.values(),
      high: high.values(),
      offsetSeconds: 1 / HOPS_PER_SECOND - size / 2 / sampleRateHz,
    }),
  }
}

function memoryFor(runtime: KernelRuntime, size: number, sampleRateHz: number) {
  const floats = (count: number) => runtime.allocate(count * 4)
  const memory = {
    window: floats(size),
    scratch: floats(size),
    spectrum: floats(size),
    work: floats(size),
    power: floats(size / 2),
    edges: floats(BANDS + 1),
    groups: floats(GROUP_ENDS.length),
    out: floats(4),
  }
  const binHz = sampleRateHz / size
  runtime
    .floats(memory.window, size)
    .set(Float32Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size)))
  runtime
    .integers(memory.edges, BANDS + 1)
    .set(BAND_EDGES_HZ.map((hz) => Math.min(size / 2, Math.round(hz / binHz))))
  runtime.integers(memory.groups, GROUP_ENDS.length).set(GROUP_ENDS)
  return memory
}
