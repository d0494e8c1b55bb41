// Inner loops of the audio engine. All pointers are byte offsets into the memory that is shared with the FFT module.
// No allocation and no static data here: the TypeScript side owns the memory layout.

// @ts-ignore: decorator
@external('pffft', 'transformOrdered')
declare function fftOrdered(setup: usize, input: usize, output: usize, work: usize, direction: i32): void

/** Sample layouts; the same numbers as SAMPLE_FORMAT in pcm-format.ts. */
const U8 = 0
const S8 = 1
const S16LE = 2
const S24LE = 3
const S32LE = 4
const F32LE = 5
const F64LE = 6
const S16BE = 7
const S24BE = 8
const S32BE = 9
const F32BE = 10
const F64BE = 11

// @ts-ignore: decorator
@inline
function swap32(x: u32): u32 {
  return bswap<u32>(x)
}

// @ts-ignore: decorator
@inline
function sampleAt(p: usize, format: i32): f32 {
  switch (format) {
    case U8: return (f32(load<u8>(p)) - 128) * f32(1.0 / 128.0)
    case S8: return f32(load<i8>(p)) * f32(1.0 / 128.0)
    case S16LE: return f32(load<i16>(p)) * f32(1.0 / 32768.0)
    case S24LE: return f32((i32(load<u8>(p)) << 8 | i32(load<u8>(p, 1)) << 16 | i32(load<u8>(p, 2)) << 24) >> 8) * f32(1.0 / 8388608.0)
    case S32LE: return f32(load<i32>(p)) * f32(1.0 / 2147483648.0)
    case F32LE: return load<f32>(p)
    case F64LE: return f32(load<f64>(p))
    case S16BE: return f32(<i16>bswap<u16>(load<u16>(p))) * f32(1.0 / 32768.0)
    case S24BE: return f32((i32(load<u8>(p, 2)) << 8 | i32(load<u8>(p, 1)) << 16 | i32(load<u8>(p)) << 24) >> 8) * f32(1.0 / 8388608.0)
    case S32BE: return f32(<i32>swap32(load<u32>(p))) * f32(1.0 / 2147483648.0)
    case F32BE: return reinterpret<f32>(swap32(load<u32>(p)))
    case F64BE: return f32(reinterpret<f64>(bswap<u64>(load<u64>(p))))
    default: return 0
  }
}

// @ts-ignore: decorator
@inline
function bytesOf(format: i32): usize {
  if (format <= S8) return 1
  if (format == S16LE || format == S16BE) return 2
  if (format == S24LE || format == S24BE) return 3
  if (format == F64LE || format == F64BE) return 8
  return 4
}

// @ts-ignore: decorator
@inline
function convertAs(src: usize, dst: usize, planeBytes: usize, frames: i32, channels: i32, format: i32): f32 {
  const size = bytesOf(format)
  const step = size * usize(channels)
  let bad: f32 = 0
  for (let c = 0; c < channels; c++) {
    let p = src + size * usize(c)
    let q = dst + planeBytes * usize(c)
    for (let i = 0; i < frames; i++) {
      const x = sampleAt(p, format)
      bad += x - x
      store<f32>(q, x)
      p += step
      q += 4
    }
  }
  return bad
}

/** Stereo 16-bit: four frames a step. */
function stereo16(src: usize, dst: usize, planeBytes: usize, frames: i32): void {
  const scale = f32x4.splat(1.0 / 32768.0)
  const whole = frames & ~3
  for (let i = 0; i < whole; i += 4) {
    const x = v128.load(src + (usize(i) << 2))
    const left = i32x4.shr_s(i32x4.shl(x, 16), 16)
    const right = i32x4.shr_s(x, 16)
    v128.store(dst + (usize(i) << 2), f32x4.mul(f32x4.convert_i32x4_s(left), scale))
    v128.store(dst + planeBytes + (usize(i) << 2), f32x4.mul(f32x4.convert_i32x4_s(right), scale))
  }
  for (let i = whole; i < frames; i++) {
    const p = src + (usize(i) << 2)
    store<f32>(dst + (usize(i) << 2), sampleAt(p, S16LE))
    store<f32>(dst + planeBytes + (usize(i) << 2), sampleAt(p + 2, S16LE))
  }
}

/** Stereo 24-bit: four frames (24 bytes) a step; reads 4 bytes past them, so the last step is scalar. */
function stereo24(src: usize, dst: usize, planeBytes: usize, frames: i32): void {
  const scale = f32x4.splat(1.0 / 2147483648.0)
  const whole = frames > 4 ? (frames - 2) & ~3 : 0
  for (let i = 0; i < whole; i += 4) {
    const p = src + usize(i) * 6
    const a = v128.load(p)
    const b = v128.load(p, 12)
    const zero = i32x4.splat(0)
    const fa = v128.shuffle<i8>(a, zero, 16, 0, 1, 2, 16, 6, 7, 8, 16, 3, 4, 5, 16, 9, 10, 11)
    const fb = v128.shuffle<i8>(b, zero, 16, 0, 1, 2, 16, 6, 7, 8, 16, 3, 4, 5, 16, 9, 10, 11)
    const left = v128.shuffle<i64>(fa, fb, 0, 2)
    const right = v128.shuffle<i64>(fa, fb, 1, 3)
    v128.store(dst + (usize(i) << 2), f32x4.mul(f32x4.convert_i32x4_s(left), scale))
    v128.store(dst + planeBytes + (usize(i) << 2), f32x4.mul(f32x4.convert_i32x4_s(right), scale))
  }
  for (let i = whole; i < frames; i++) {
    const p = src + usize(i) * 6
    store<f32>(dst + (usize(i) << 2), sampleAt(p, S24LE))
    store<f32>(dst + planeBytes + (usize(i) << 2), sampleAt(p + 3, S24LE))
  }
}

/** Stereo float: four frames a step. Returns a value that is not 0 when a sample is not finite. */
function stereoFloat(src: usize, dst: usize, planeBytes: usize, frames: i32): f32 {
  const whole = frames & ~3
  let bad = f32x4.splat(0)
  for (let i = 0; i < whole; i += 4) {
    const a = v128.load(src + (usize(i) << 3))
    const b = v128.load(src + (usize(i) << 3), 16)
    bad = f32x4.add(bad, f32x4.add(f32x4.sub(a, a), f32x4.sub(b, b)))
    v128.store(dst + (usize(i) << 2), v128.shuffle<i32>(a, b, 0, 2, 4, 6))
    v128.store(dst + planeBytes + (usize(i) << 2), v128.shuffle<i32>(a, b, 1, 3, 5, 7))
  }
  let rest: f32 = f32x4.extract_lane(bad, 0) + f32x4.extract_lane(bad, 1) + f32x4.extract_lane(bad, 2) + f32x4.extract_lane(bad, 3)
  for (let i = whole; i < frames; i++) {
    const l = load<f32>(src + (usize(i) << 3))
    const r = load<f32>(src + (usize(i) << 3), 4)
    rest += (l - l) + (r - r)
    store<f32>(dst + (usize(i) << 2), l)
    store<f32>(dst + planeBytes + (usize(i) << 2), r)
  }
  return rest
}

/** Interleaved samples of any layout to float planes. Returns 0 when every sample is a finite number, else 1. */
export function toPlanes(src: usize, dst: usize, planeBytes: usize, frames: i32, channels: i32, format: i32): i32 {
  let bad: f32 = 0
  if (channels == 2 && format == S16LE) stereo16(src, dst, planeBytes, frames)
  else if (channels == 2 && format == S24LE) stereo24(src, dst, planeBytes, frames)
  else if (channels == 2 && format == F32LE) bad = stereoFloat(src, dst, planeBytes, frames)
  else if (format == S16LE) bad = convertAs(src, dst, planeBytes, frames, channels, S16LE)
  else if (format == S24LE) bad = convertAs(src, dst, planeBytes, frames, channels, S24LE)
  else if (format == S32LE) bad = convertAs(src, dst, planeBytes, frames, channels, S32LE)
  else if (format == F32LE) bad = convertAs(src, dst, planeBytes, frames, channels, F32LE)
  else bad = convertAs(src, dst, planeBytes, frames, channels, format)
  return bad == 0 ? 0 : 1
}

/**
 * K-weights two channels and returns their energies (sum of squares) in out[0], out[1] (f64).
 * coefficients: 5 f64 per stage (b0 b1 b2 a1 a2), two stages; state: 6 × f64x2.
 */
function kWeightHop(left: usize, right: usize, frames: i32, coefficients: usize, state: usize, out: usize): void {
  const b0 = v128.load64_splat(coefficients)
  const b1 = v128.load64_splat(coefficients, 8)
  const b2 = v128.load64_splat(coefficients, 16)
  const a1 = v128.load64_splat(coefficients, 24)
  const a2 = v128.load64_splat(coefficients, 32)
  const d0 = v128.load64_splat(coefficients, 40)
  const d1 = v128.load64_splat(coefficients, 48)
  const d2 = v128.load64_splat(coefficients, 56)
  const c1 = v128.load64_splat(coefficients, 64)
  const c2 = v128.load64_splat(coefficients, 72)
  let x1 = v128.load(state)
  let x2 = v128.load(state, 16)
  let y1 = v128.load(state, 32)
  let y2 = v128.load(state, 48)
  let z1 = v128.load(state, 64)
  let z2 = v128.load(state, 80)
  let energy = f64x2.splat(0)
  for (let i = 0; i < frames; i++) {
    const at = usize(i) << 2
    const x = f64x2.replace_lane(f64x2.splat(f64(load<f32>(left + at))), 1, f64(load<f32>(right + at)))
    // Only the last subtraction of each stage waits for the sample before: that chain sets the speed.
    const p = f64x2.sub(f64x2.add(f64x2.add(f64x2.mul(b0, x), f64x2.mul(b1, x1)), f64x2.mul(b2, x2)), f64x2.mul(a2, y2))
    const y = f64x2.sub(p, f64x2.mul(a1, y1))
    const q = f64x2.sub(f64x2.add(f64x2.add(f64x2.mul(d0, y), f64x2.mul(d1, y1)), f64x2.mul(d2, y2)), f64x2.mul(c2, z2))
    const z = f64x2.sub(q, f64x2.mul(c1, z1))
    x2 = x1
    x1 = x
    y2 = y1
    y1 = y
    z2 = z1
    z1 = z
    energy = f64x2.add(energy, f64x2.mul(z, z))
  }
  // A decaying filter would crawl through denormal numbers for the length of a silence.
  const tiny = f64x2.splat(1e-30)
  y1 = v128.and(y1, f64x2.gt(f64x2.abs(y1), tiny))
  y2 = v128.and(y2, f64x2.gt(f64x2.abs(y2), tiny))
  z1 = v128.and(z1, f64x2.gt(f64x2.abs(z1), tiny))
  z2 = v128.and(z2, f64x2.gt(f64x2.abs(z2), tiny))
  v128.store(state, x1)
  v128.store(state, x2, 16)
  v128.store(state, y1, 32)
  v128.store(state, y2, 48)
  v128.store(state, z1, 64)
  v128.store(state, z2, 80)
  v128.store(out, energy)
}

// @ts-ignore: decorator
@inline
function sumOf(x: v128): f64 {
  return f64(f32x4.extract_lane(x, 0)) + f64(f32x4.extract_lane(x, 1)) + (f64(f32x4.extract_lane(x, 2)) + f64(f32x4.extract_lane(x, 3)))
}

/** Level of one channel: out[0] sum, out[1] sum of squares, out[2] minimum, out[3] maximum (f64). */
function levelHop(plane: usize, frames: i32, out: usize): void {
  let sum = f32x4.splat(0)
  let squares = f32x4.splat(0)
  let low = f32x4.splat(f32.MAX_VALUE)
  let high = f32x4.splat(-f32.MAX_VALUE)
  const whole = frames & ~3
  for (let i = 0; i < whole; i += 4) {
    const x = v128.load(plane + (usize(i) << 2))
    sum = f32x4.add(sum, x)
    squares = f32x4.add(squares, f32x4.mul(x, x))
    low = f32x4.pmin(low, x)
    high = f32x4.pmax(high, x)
  }
  let s = sumOf(sum)
  let q = sumOf(squares)
  let lo: f32 = min(min(f32x4.extract_lane(low, 0), f32x4.extract_lane(low, 1)), min(f32x4.extract_lane(low, 2), f32x4.extract_lane(low, 3)))
  let hi: f32 = max(max(f32x4.extract_lane(high, 0), f32x4.extract_lane(high, 1)), max(f32x4.extract_lane(high, 2), f32x4.extract_lane(high, 3)))
  for (let i = whole; i < frames; i++) {
    const x = load<f32>(plane + (usize(i) << 2))
    s += f64(x)
    q += f64(x) * f64(x)
    lo = min(lo, x)
    hi = max(hi, x)
  }
  store<f64>(out, s)
  store<f64>(out, q, 8)
  store<f64>(out, f64(lo), 16)
  store<f64>(out, f64(hi), 24)
}

/** Sum of the products of two channels. */
function productHop(left: usize, right: usize, frames: i32): f64 {
  let sum = f32x4.splat(0)
  const whole = frames & ~3
  for (let i = 0; i < whole; i += 4) {
    const at = usize(i) << 2
    sum = f32x4.add(sum, f32x4.mul(v128.load(left + at), v128.load(right + at)))
  }
  let s = sumOf(sum)
  for (let i = whole; i < frames; i++) {
    const at = usize(i) << 2
    s += f64(load<f32>(left + at)) * f64(load<f32>(right + at))
  }
  return s
}

// @ts-ignore: decorator
@inline
function highest(x: v128): f32 {
  return max(max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)), max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)))
}

/**
 * Largest magnitude of the 4× interpolated signal between samples 0…frames−1 and their successors, by a symmetric
 * 12-tap polyphase filter. out[0] the magnitude (f64), out[1] the index (f64) where it was met (of a group of four).
 * taps: for k = 0…5 three values, each four times over: (h¼[k]+h¼[11−k])/2, (h¼[k]−h¼[11−k])/2, h½[k].
 * Reads 5 samples before and 14 after.
 * The quarter and three-quarter phases mirror each other, so max(|p+q|, |p−q|) = |p|+|q| yields both at once.
 */
function interpolatedPeakHop(plane: usize, frames: i32, taps: usize, out: usize): void {
  let best: f32 = 0
  let where: i32 = 0
  for (let i = 0; i < frames; i += 8) {
    const at = plane + (usize(i) << 2) - 20
    let p = f32x4.splat(0)
    let q = f32x4.splat(0)
    let h = f32x4.splat(0)
    let p2 = f32x4.splat(0)
    let q2 = f32x4.splat(0)
    let h2 = f32x4.splat(0)
    for (let k = 0; k < 6; k++) {
      const near = at + (usize(k) << 2)
      const far = at + (usize(11 - k) << 2)
      const tp = v128.load(taps + usize(k) * 48)
      const tq = v128.load(taps + usize(k) * 48, 16)
      const th = v128.load(taps + usize(k) * 48, 32)
      const a = v128.load(near)
      const b = v128.load(far)
      const s = f32x4.add(a, b)
      p = f32x4.add(p, f32x4.mul(s, tp))
      q = f32x4.add(q, f32x4.mul(f32x4.sub(a, b), tq))
      h = f32x4.add(h, f32x4.mul(s, th))
      const a2 = v128.load(near, 16)
      const b2 = v128.load(far, 16)
      const s2 = f32x4.add(a2, b2)
      p2 = f32x4.add(p2, f32x4.mul(s2, tp))
      q2 = f32x4.add(q2, f32x4.mul(f32x4.sub(a2, b2), tq))
      h2 = f32x4.add(h2, f32x4.mul(s2, th))
    }
    const first = f32x4.pmax(f32x4.pmax(f32x4.add(f32x4.abs(p), f32x4.abs(q)), f32x4.abs(h)), f32x4.abs(v128.load(at, 20)))
    const second = f32x4.pmax(f32x4.pmax(f32x4.add(f32x4.abs(p2), f32x4.abs(q2)), f32x4.abs(h2)), f32x4.abs(v128.load(at, 36)))
    if (v128.any_true(f32x4.gt(f32x4.pmax(first, second), f32x4.splat(best)))) {
      const one = highest(first)
      const two = highest(second)
      where = two > one ? i + 4 : i
      best = max(one, two)
    }
  }
  store<f64>(out, f64(best))
  store<f64>(out, f64(where), 8)
}

/**
 * Largest magnitude of the band-limited signal around one sample, by a long windowed sinc.
 * table: `phases` rows of 2·half f32 taps, row j for the instant j/phases after the sample.
 * Looks at the `span` intervals from `first` on; reads half samples either side.
 */
export function refinedPeak(plane: usize, first: i32, span: i32, table: usize, phases: i32, half: i32): f64 {
  let best: f32 = 0
  const taps = half * 2
  for (let i = first; i < first + span; i++) {
    const at = plane + (usize(i - half + 1) << 2)
    for (let j = 0; j < phases; j++) {
      const row = table + (usize(j * taps) << 2)
      let sumA = f32x4.splat(0)
      let sumB = f32x4.splat(0)
      for (let k = 0; k < taps; k += 8) {
        sumA = f32x4.add(sumA, f32x4.mul(v128.load(at + (usize(k) << 2)), v128.load(row + (usize(k) << 2))))
        sumB = f32x4.add(sumB, f32x4.mul(v128.load(at + (usize(k) << 2), 16), v128.load(row + (usize(k) << 2), 16)))
      }
      const sum = f32x4.add(sumA, sumB)
      const y = abs(f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)))
      best = max(best, y)
    }
  }
  return f64(best)
}

/** into += plane × gain (for downmixing). */
export function addScaled(plane: usize, into: usize, frames: i32, gain: f32): void {
  const g = f32x4.splat(gain)
  const whole = frames & ~3
  for (let i = 0; i < whole; i += 4) {
    const at = usize(i) << 2
    v128.store(into + at, f32x4.add(v128.load(into + at), f32x4.mul(v128.load(plane + at), g)))
  }
  for (let i = whole; i < frames; i++) {
    const at = usize(i) << 2
    store<f32>(into + at, load<f32>(into + at) + load<f32>(plane + at) * gain)
  }
}

// @ts-ignore: decorator
@inline
function windowed(plane: usize, window: usize, out: usize, size: i32): void {
  for (let i = 0; i < size; i += 4) {
    const at = usize(i) << 2
    v128.store(out + at, f32x4.mul(v128.load(plane + at), v128.load(window + at)))
  }
}

/** Windowed real FFT: spectrum holds interleaved re, im; the first pair is (DC, Nyquist). */
export function transform(plane: usize, window: usize, setup: usize, spectrum: usize, scratch: usize, work: usize, size: i32): void {
  windowed(plane, window, scratch, size)
  fftOrdered(setup, scratch, spectrum, work, 0)
}

/** Imaginary part of the cross spectrum x·conj(y) of two spectra, added to its sum. Bin 0 is left out. */
export function addQuadrature(x: usize, y: usize, sum: usize, size: i32): void {
  store<f32>(x, 0)
  const bins = size >> 1
  for (let k = 0; k < bins; k += 4) {
    const pair = usize(k) << 3
    const at = usize(k) << 2
    const xa = v128.load(x + pair)
    const xb = v128.load(x + pair, 16)
    const ya = v128.load(y + pair)
    const yb = v128.load(y + pair, 16)
    const re = v128.shuffle<i32>(xa, xb, 0, 2, 4, 6)
    const im = v128.shuffle<i32>(xa, xb, 1, 3, 5, 7)
    const reY = v128.shuffle<i32>(ya, yb, 0, 2, 4, 6)
    const imY = v128.shuffle<i32>(ya, yb, 1, 3, 5, 7)
    const cross = f32x4.sub(f32x4.mul(im, reY), f32x4.mul(re, imY))
    v128.store(sum + at, f32x4.add(v128.load(sum + at), cross))
  }
}

/**
 * Powers of two spectra and the real part of their cross spectrum, each added to its sum, for bins 0…size/2−1 (bin 0 takes
 * DC only; the Nyquist bin is left out). power receives the power of both of this frame.
 */
export function addSpectra(x: usize, y: usize, sumX: usize, sumY: usize, sumCross: usize, power: usize, size: i32): void {
  store<f32>(x, 0, 4)
  store<f32>(y, 0, 4)
  const bins = size >> 1
  for (let k = 0; k < bins; k += 4) {
    const pair = usize(k) << 3
    const at = usize(k) << 2
    const xa = v128.load(x + pair)
    const xb = v128.load(x + pair, 16)
    const ya = v128.load(y + pair)
    const yb = v128.load(y + pair, 16)
    const px = joined(f32x4.mul(xa, xa), f32x4.mul(xb, xb))
    const py = joined(f32x4.mul(ya, ya), f32x4.mul(yb, yb))
    const cross = joined(f32x4.mul(xa, ya), f32x4.mul(xb, yb))
    v128.store(sumX + at, f32x4.add(v128.load(sumX + at), px))
    v128.store(sumY + at, f32x4.add(v128.load(sumY + at), py))
    v128.store(sumCross + at, f32x4.add(v128.load(sumCross + at), cross))
    v128.store(power + at, f32x4.add(px, py))
  }
}

/** Sums of neighbouring pairs of eight numbers. */
// @ts-ignore: decorator
@inline
function joined(a: v128, b: v128): v128 {
  return f32x4.add(v128.shuffle<i32>(a, b, 0, 2, 4, 6), v128.shuffle<i32>(a, b, 1, 3, 5, 7))
}

// The following take a block at once. ends: i32 offsets at which the hops of the block end; the first begins at 0.

/** K-weighted energies of two channels per hop: out holds pairs of f64. */
export function kWeight(left: usize, right: usize, ends: usize, hops: i32, coefficients: usize, state: usize, out: usize): void {
  let start = 0
  for (let hop = 0; hop < hops; hop++) {
    const end = load<i32>(ends + (usize(hop) << 2))
    const at = usize(start) << 2
    kWeightHop(left + at, right + at, end - start, coefficients, state, out + (usize(hop) << 4))
    start = end
  }
}

/** Level of one channel per hop: out holds sum, sum of squares, minimum, maximum (f64). */
export function level(plane: usize, ends: usize, hops: i32, out: usize): void {
  let start = 0
  for (let hop = 0; hop < hops; hop++) {
    const end = load<i32>(ends + (usize(hop) << 2))
    levelHop(plane + (usize(start) << 2), end - start, out + (usize(hop) << 5))
    start = end
  }
}

/** Sum of the products of two channels per hop (f64). */
export function product(left: usize, right: usize, ends: usize, hops: i32, out: usize): void {
  let start = 0
  for (let hop = 0; hop < hops; hop++) {
    const end = load<i32>(ends + (usize(hop) << 2))
    const at = usize(start) << 2
    store<f64>(out + (usize(hop) << 3), productHop(left + at, right + at, end - start))
    start = end
  }
}

/** Highest interpolated magnitude per hop, `lag` frames behind: out holds the magnitude and where it was met (f64 pairs). */
export function interpolatedPeaks(plane: usize, ends: usize, hops: i32, lag: i32, taps: usize, out: usize): void {
  let start = 0
  for (let hop = 0; hop < hops; hop++) {
    const end = load<i32>(ends + (usize(hop) << 2))
    interpolatedPeakHop(plane + (usize(start) << 2) - (usize(lag) << 2), end - start, taps, out + (usize(hop) << 4))
    start = end
  }
}

/** Second differences per hop, `lag` frames behind: out holds highest magnitude, where, sum of squares (f64), padded to four. */
export function roughness(plane: usize, ends: usize, hops: i32, lag: i32, out: usize): void {
  let start = 0
  for (let hop = 0; hop < hops; hop++) {
    const end = load<i32>(ends + (usize(hop) << 2))
    roughnessHop(plane + (usize(start) << 2) - (usize(lag) << 2), end - start, out + (usize(hop) << 5))
    start = end
  }
}

/** (left + right) / 2. */
export function middle(left: usize, right: usize, out: usize, frames: i32): void {
  const half = f32x4.splat(0.5)
  for (let i = 0; i < frames; i += 4) {
    const at = usize(i) << 2
    v128.store(out + at, f32x4.mul(f32x4.add(v128.load(left + at), v128.load(right + at)), half))
  }
}

/**
 * Counts samples at or beyond a ceiling. state (i32): length of the run that is still open.
 * out (i32): [0] samples at the ceiling, [1] longest run that was seen to reach so far, [2] runs of three or more.
 */
export function clipped(plane: usize, frames: i32, ceiling: f32, state: usize, out: usize): void {
  let run = load<i32>(state)
  let samples = 0
  let longest = 0
  let runs = 0
  const limit = f32x4.splat(ceiling)
  let i = 0
  while (i < frames) {
    if (run == 0 && i + 4 <= frames && !v128.any_true(f32x4.ge(f32x4.abs(v128.load(plane + (usize(i) << 2))), limit))) {
      i += 4
      continue
    }
    if (abs(load<f32>(plane + (usize(i) << 2))) >= ceiling) {
      samples++
      run++
      if (run == 3) runs++
      longest = max(longest, run)
    } else run = 0
    i++
  }
  store<i32>(state, run)
  store<i32>(out, samples)
  store<i32>(out, longest, 4)
  store<i32>(out, runs, 8)
}

/** All bits that any sample uses, as a 24-bit number: its trailing zeros tell how many bits were never used. */
export function usedBits(plane: usize, frames: i32): i32 {
  const scale = f32x4.splat(8388608)
  let bits = i32x4.splat(0)
  const whole = frames & ~3
  for (let i = 0; i < whole; i += 4) {
    bits = v128.or(bits, i32x4.trunc_sat_f32x4_s(f32x4.mul(v128.load(plane + (usize(i) << 2)), scale)))
  }
  let all = i32x4.extract_lane(bits, 0) | i32x4.extract_lane(bits, 1) | i32x4.extract_lane(bits, 2) | i32x4.extract_lane(bits, 3)
  for (let i = whole; i < frames; i++) all |= <i32>(load<f32>(plane + (usize(i) << 2)) * 8388608)
  return all
}

/** Samples either side of a place that tell what is usual there, and those next to it that a click itself moves. */
const AROUND = 32
const CLICK_REACH = 2

// @ts-ignore: decorator
@inline
function bendAt(p: usize): f64 {
  return f64(load<f32>(p - 4)) + f64(load<f32>(p, 4)) - 2 * f64(load<f32>(p))
}

function bendsSquared(from: usize, to: usize): f64 {
  let sum: f64 = 0
  for (let p = from; p < to; p += 4) {
    const d = bendAt(p)
    sum += d * d
  }
  return sum
}

/**
 * How far the sharpest bend of four samples stands out as a click: its second difference over the root mean square of
 * those on its rougher side. 0 unless the two beside it have the other sign and half the size, as one moved sample gives.
 */
function clickiness(at: usize): f64 {
  let p = at
  for (let q = at + 4; q < at + 16; q += 4) if (abs(bendAt(q)) > abs(bendAt(p))) p = q
  const d = bendAt(p)
  const before = bendAt(p - 4)
  const after = bendAt(p + 4)
  const like = 2 * d - before - after
  if (like * like < 0.94 * 6 * (d * d + before * before + after * after)) return 0
  const left = bendsSquared(p - (AROUND + CLICK_REACH) * 4, p - CLICK_REACH * 4)
  const right = bendsSquared(p + (CLICK_REACH + 1) * 4, p + (AROUND + CLICK_REACH + 1) * 4)
  const usual = sqrt(max(left, right) / AROUND)
  return abs(d) / max(usual, 1e-9)
}

/** Second difference x[n−1] − 2x[n] + x[n+1]: out[0] its largest magnitude, out[1] its clickiness (0 where nothing stands out), out[2] its sum of squares (f64). */
function roughnessHop(plane: usize, frames: i32, out: usize): void {
  let squares = f32x4.splat(0)
  let best: f32 = 0
  let where = 0
  const two = f32x4.splat(2)
  for (let i = 0; i < frames; i += 4) {
    const at = plane + (usize(i) << 2)
    const d = f32x4.sub(f32x4.add(v128.load(at - 4), v128.load(at, 4)), f32x4.mul(two, v128.load(at)))
    const a = f32x4.abs(d)
    squares = f32x4.add(squares, f32x4.mul(d, d))
    if (v128.any_true(f32x4.gt(a, f32x4.splat(best)))) {
      best = max(max(f32x4.extract_lane(a, 0), f32x4.extract_lane(a, 1)), max(f32x4.extract_lane(a, 2), f32x4.extract_lane(a, 3)))
      where = i
    }
  }
  const sum = sumOf(squares)
  const standsOut = f64(best) * f64(best) * f64(frames) > 12 * sum
  store<f64>(out, f64(best))
  store<f64>(out, standsOut ? clickiness(plane + (usize(where) << 2)) : 0, 8)
  store<f64>(out, sum, 16)
}

/**
 * Finds stretches of exact silence on both channels, in steps of four samples.
 * state (i32): length of the open run. out (i32 pairs): end offset and length of each run of at least minFrames that ended.
 * Returns the number of pairs, at most maxRuns.
 */
export function silentRuns(left: usize, right: usize, frames: i32, minFrames: i32, state: usize, out: usize, maxRuns: i32): i32 {
  let run = load<i32>(state)
  let found = 0
  // A run that is long enough cannot hide between two sounding places that are closer than it is long.
  const stride = max(4, (minFrames - 4) & ~3)
  for (let i = 0; i + 4 <= frames; i += 4) {
    while (run == 0 && i + stride + 4 <= frames) {
      const ahead = usize(i + stride - 4) << 2
      if (!v128.any_true(v128.or(f32x4.abs(v128.load(left + ahead)), f32x4.abs(v128.load(right + ahead))))) break
      i += stride
    }
    const at = usize(i) << 2
    const sound = v128.or(f32x4.abs(v128.load(left + at)), f32x4.abs(v128.load(right + at)))
    if (v128.any_true(sound)) {
      if (run >= minFrames && found < maxRuns) {
        store<i32>(out + (usize(found) << 3), i)
        store<i32>(out + (usize(found) << 3), run, 4)
        found++
      }
      run = 0
    } else run += 4
  }
  store<i32>(state, run)
  return found
}

/** A channel low-passed and thinned: out[n] = Σ taps[k]·plane[n·factor + k]. taps must be a multiple of four. */
export function decimate(plane: usize, out: usize, count: i32, factor: i32, taps: usize, length: i32): void {
  for (let n = 0; n < count; n++) {
    const from = plane + (usize(n * factor) << 2)
    let sum = f32x4.splat(0)
    for (let k = 0; k < length; k += 4) {
      const at = usize(k) << 2
      sum = f32x4.add(sum, f32x4.mul(v128.load(from + at), v128.load(taps + at)))
    }
    store<f32>(out + (usize(n) << 2), f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)))
  }
}

/** FFT of samples that are windowed already. */
export function spectrumOf(input: usize, setup: usize, spectrum: usize, work: usize): void {
  fftOrdered(setup, input, spectrum, work, 0)
}

/** power[k] = |X[k]|² for k = 0…size/2−1. */
export function powerOf(spectrum: usize, power: usize, size: i32): void {
  store<f32>(spectrum, 0, 4)
  const bins = size >> 1
  for (let k = 0; k < bins; k += 4) {
    const a = v128.load(spectrum + (usize(k) << 3))
    const b = v128.load(spectrum + (usize(k) << 3), 16)
    const re = v128.shuffle<i32>(a, b, 0, 2, 4, 6)
    const im = v128.shuffle<i32>(a, b, 1, 3, 5, 7)
    v128.store(power + (usize(k) << 2), f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im)))
  }
}

/** out[b] = sum of values[edges[b]] … values[edges[b+1]−1]; edges are i32. */
export function bandSums(values: usize, edges: usize, bands: i32, out: usize): void {
  let from = load<i32>(edges)
  for (let b = 0; b < bands; b++) {
    const to = load<i32>(edges + (usize(b + 1) << 2))
    let wide = f32x4.splat(0)
    let k = from
    for (; k + 4 <= to; k += 4) wide = f32x4.add(wide, v128.load(values + (usize(k) << 2)))
    let sum = f32x4.extract_lane(wide, 0) + f32x4.extract_lane(wide, 1) + (f32x4.extract_lane(wide, 2) + f32x4.extract_lane(wide, 3))
    for (; k < to; k++) sum += load<f32>(values + (usize(k) << 2))
    store<f32>(out + (usize(b) << 2), sum)
    from = to
  }
}

/** into[k] += values[k]. */
export function addTo(values: usize, into: usize, count: i32): void {
  for (let k = 0; k < count; k += 4) {
    const at = usize(k) << 2
    v128.store(into + at, f32x4.add(v128.load(into + at), v128.load(values + at)))
  }
}

/** Natural logarithm of four numbers ≥ 1, within 3e−5: exponent bits and a polynomial for the mantissa. */
// @ts-ignore: decorator
@inline
function logarithm(x: v128): v128 {
  const exponent = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(127)))
  const m = f32x4.sub(v128.or(v128.and(x, i32x4.splat(0x7fffff)), i32x4.splat(0x3f800000)), f32x4.splat(1))
  let y = f32x4.splat(0.0301023)
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(-0.1301190))
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(0.2833042))
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(-0.4891509))
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(0.9990102))
  y = f32x4.mul(y, m)
  return f32x4.add(y, f32x4.mul(exponent, f32x4.splat(0.69314718)))
}

/**
 * Rise of the loudness of a row of bands since an earlier row, group by group.
 * powers: this row (f32 per band, a multiple of four bands), replaced by ln(1 + scale·power); earlier: a row as this
 * function left it. groups (i32): band at which each group ends. out: one f32 per group, the sum of the rises.
 */
export function onsets(powers: usize, earlier: usize, bands: i32, scale: f32, groups: usize, groupCount: i32, out: usize): void {
  const factor = f32x4.splat(scale)
  const one = f32x4.splat(1)
  for (let b = 0; b < bands; b += 4) {
    const at = powers + (usize(b) << 2)
    v128.store(at, logarithm(f32x4.add(one, f32x4.mul(factor, v128.load(at)))))
  }
  let b = 0
  for (let g = 0; g < groupCount; g++) {
    const end = load<i32>(groups + (usize(g) << 2))
    let sum: f32 = 0
    for (; b < end; b++) {
      const at = usize(b) << 2
      sum += max<f32>(0, load<f32>(powers + at) - load<f32>(earlier + at))
    }
    store<f32>(out + (usize(g) << 2), sum)
  }
}

/** Powers to levels: out[k] (u8) = stepsPerDb · 10·log10(scale·values[k]), 0 for what is below 1 and at most 255. */
export function levels(values: usize, out: usize, count: i32, scale: f32, stepsPerDb: f32): void {
  const factor = f32x4.splat(scale)
  const one = f32x4.splat(1)
  const steps = f32x4.splat(stepsPerDb * <f32>4.3429448)
  const half = f32x4.splat(0.5)
  const zero = i32x4.splat(0)
  for (let k = 0; k < count; k += 4) {
    const x = f32x4.pmax(one, f32x4.mul(factor, v128.load(values + (usize(k) << 2))))
    const level = i32x4.trunc_sat_f32x4_u(f32x4.add(f32x4.mul(steps, logarithm(x)), half))
    const words = i16x8.narrow_i32x4_s(level, zero)
    store<u32>(out + usize(k), i32x4.extract_lane(i8x16.narrow_i16x8_u(words, words), 0))
  }
}

/**
 * Morphological opening in place: the least of `width` values from each on, then the greatest of `width` up to each, so
 * that peaks narrower than that are cut off. width: a power of two, each round doubles how far a value sees.
 */
export function opened(values: usize, count: i32, width: i32): void {
  for (let step = 1; step < width; step <<= 1) {
    let i = 0
    for (; i + step + 4 <= count; i += 4) {
      const at = values + (usize(i) << 2)
      v128.store(at, f32x4.pmin(v128.load(at), v128.load(at + (usize(step) << 2))))
    }
    for (; i + step < count; i++) {
      const at = values + (usize(i) << 2)
      store<f32>(at, min(load<f32>(at), load<f32>(at + (usize(step) << 2))))
    }
  }
  for (let step = 1; step < width; step <<= 1) {
    let i = count - 4
    for (; i >= step; i -= 4) {
      const at = values + (usize(i) << 2)
      v128.store(at, f32x4.pmax(v128.load(at), v128.load(at - (usize(step) << 2))))
    }
    for (let k = i + 3; k >= step; k--) {
      const at = values + (usize(k) << 2)
      store<f32>(at, max(load<f32>(at), load<f32>(at - (usize(step) << 2))))
    }
  }
}
