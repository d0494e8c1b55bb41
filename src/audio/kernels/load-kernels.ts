import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The inner loops, compiled from kernels/assembly; every pointer is a byte offset into the shared memory. */
export interface Kernels {
  toPlanes(
    src: number,
    dst: number,
    planeBytes: number,
    frames: number,
    channels: number,
    format: number,
  ): number
  kWeight(
    left: number,
    right: number,
    ends: number,
    hops: number,
    coefficients: number,
    state: number,
    out: number,
  ): void
  level(plane: number, ends: number, hops: number, out: number): void
  product(left: number, right: number, ends: number, hops: number, out: number): void
  interpolatedPeaks(plane: number, ends: number, hops: number, lag: number, taps: number, out: number): void
  refinedPeak(plane: number, first: number, span: number, table: number, phases: number, half: number): number
  addScaled(plane: number, into: number, frames: number, gain: number): void
  transform(
    plane: number,
    window: number,
    setup: number,
    spectrum: number,
    scratch: number,
    work: number,
    size: number,
  ): void
  addSpectra(
    x: number,
    y: number,
    sumX: number,
    sumY: number,
    sumCross: number,
    power: number,
    size: number,
  ): void
  addQuadrature(x: number, y: number, sum: number, size: number): void
  middle(left: number, right: number, out: number, frames: number): void
  clipped(plane: number, frames: number, ceiling: number, state: number, out: number): void
  usedBits(plane: number, frames: number): number
  roughness(plane: number, ends: number, hops: number, lag: number, out: number): void
  silentRuns(
    left: number,
    right: number,
    frames: number,
    minFrames: number,
    state: number,
    out: number,
    maxRuns: number,
  ): number
  decimate(plane: number, out: number, count: number, factor: number, taps: number, length: number): void
  spectrumOf(input: number, setup: number, spectrum: number, work: number): void
  powerOf(spectrum: number, power: number, size: number): void
  bandSums(values: number, edges: number, bands: number, out: number): void
  addTo(values: number, into: number, count: number): void
  onsets(
    powers: number,
    earlier: number,
    bands: number,
    scale: number,
    groups: number,
    groupCount: number,
    out: number,
  ): void
  opened(values: number, count: number, width: number): void
  levels(values: number, out: number, count: number, scale: number, stepsPerDb: number): void
}

/** Kernels with their memory. Views must be asked for again after every allocation, which may move the memory. */
export interface KernelRuntime {
  kernels: Kernels
  /** Zeroed memory, aligned to 16 bytes, that lives as long as the runtime. */
  allocate(bytes: number): number
  bytes(pointer: number, length: number): Uint8Array<ArrayBuffer>
  floats(pointer: number, length: number): Float32Array<ArrayBuffer>
  doubles(pointer: number, length: number): Float64Array<ArrayBuffer>
  integers(pointer: number, length: number): Int32Array<ArrayBuffer>
  /** Prepares real FFTs of a power of two. */
  fftSetup(size: number): number
}

/** The exports of pffft.wasm 0.4.2 that are used; its build gives them one-letter names. */
interface FftExports {
  d: WebAssembly.Memory
  e(): void
  f(bytes: number): number
  k(size: number, kind: number): number
  p(...pointers: number[]): void
}

const KERNEL_NAMES = [
  'toPlanes',
  'kWeight',
  'level',
  'product',
  'interpolatedPeaks',
  'refinedPeak',
  'addScaled',
  'transform',
  'addSpectra',
  'addQuadrature',
  'middle',
  'clipped',
  'usedBits',
  'roughness',
  'silentRuns',
  'decimate',
  'spectrumOf',
  'powerOf',
  'bandSums',
  'addTo',
  'onsets',
  'levels',
  'opened',
] as const

function isFft(exports: object): exports is FftExports {
  const named = new Map<string, unknown>(Object.entries(exports))
  return (
    named.get('d') instanceof WebAssembly.Memory &&
    ['e', 'f', 'k', 'p'].every((name) => typeof named.get(name) === 'function')
  )
}

function areKernels(exports: object): exports is Kernels {
  const named = new Map<string, unknown>(Object.entries(exports))
  return KERNEL_NAMES.every((name) => typeof named.get(name) === 'function')
}

const PAGE_BYTES = 65_536
const REAL_TRANSFORM = 0

/** The memory as it lies now; only the FFT's allocator makes it grow, and it says so. */
interface Heap {
  buffer: ArrayBuffer
}

function loadFft(): { fft: FftExports; heap: Heap } {
  const script = fileURLToPath(import.meta.resolve('@echogarden/pffft-wasm/simd'))
  const module = new WebAssembly.Module(readFileSync(script.replace(/\.js$/, '.wasm')))
  let memory: WebAssembly.Memory | null = null
  const heap: Heap = { buffer: new ArrayBuffer(0) }
  const { exports } = new WebAssembly.Instance(module, {
    a: {
      a: () => {
        throw new Error('assertion inside the FFT failed')
      },
      b: (wanted: number) => {
        if (memory === null) return 0
        memory.grow(Math.ceil((wanted - memory.buffer.byteLength) / PAGE_BYTES))
        heap.buffer = unshared(memory)
        return 1
      },
      c: (to: number, from: number, length: number) => {
        new Uint8Array(heap.buffer).copyWithin(to, from, from + length)
      },
    },
  })
  if (!isFft(exports)) throw new Error('@echogarden/pffft-wasm has another shape than version 0.4.2')
  memory = exports.d
  heap.buffer = unshared(memory)
  exports.e()
  return { fft: exports, heap }
}

/** Loads FFT and kernels into one fresh memory: a few milliseconds. */
export function loadKernels(): KernelRuntime {
  const { fft, heap } = loadFft()
  const module = new WebAssembly.Module(readFileSync(new URL('kernels.wasm', import.meta.url)))
  const { exports } = new WebAssembly.Instance(module, {
    env: { memory: fft.d },
    pffft: { transformOrdered: fft.p },
  })
  if (!areKernels(exports)) throw new Error('kernels.wasm is out of date: run npm run build:kernels')
  const bytes = remembered(heap, (pointer, length) => new Uint8Array(heap.buffer, pointer, length))
  const doubles = remembered(heap, (pointer, length) => new Float64Array(heap.buffer, pointer, length))
  const floats = remembered(heap, (pointer, length) => new Float32Array(heap.buffer, pointer, length))
  const integers = remembered(heap, (pointer, length) => new Int32Array(heap.buffer, pointer, length))
  return {
    kernels: exports,
    allocate(length) {
      const pointer = fft.f(length + 16)
      if (pointer === 0) throw new Error(`no memory for ${length} bytes`)
      bytes(pointer, length + 16).fill(0)
      return pointer
    },
    bytes,
    floats,
    doubles,
    integers,
    fftSetup(size) {
      const setup = fft.k(size, REAL_TRANSFORM)
      if (setup === 0) throw new Error(`no FFT of ${size} points`)
      return setup
    },
  }
}

/** Results are read tens of thousands of times from the same few places: their views are kept while the memory stays. */
function remembered<View extends { length: number }>(
  heap: Heap,
  create: (pointer: number, length: number) => View,
): (pointer: number, length: number) => View {
  const views = new Map<number, View>()
  let buffer: unknown = null
  return (pointer, length) => {
    if (heap.buffer !== buffer) {
      views.clear()
      buffer = heap.buffer
    }
    const known = views.get(pointer)
    if (known?.length === length) return known
    const view = create(pointer, length)
    views.set(pointer, view)
    return view
  }
}

function unshared(memory: WebAssembly.Memory): ArrayBuffer {
  const { buffer } = memory
  if (!(buffer instanceof ArrayBuffer)) throw new Error('the kernels work on unshared memory')
  return buffer
}
