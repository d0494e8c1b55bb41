import type { Component } from './activity.ts'
import type { Observed } from './observed.ts'

/** How far the usual level of a part may be from the truth, in nats of power (about 7 dB). */
const USUAL_SPREAD = 1.6
/** Neighbouring columns hear the same notes: they count as this many independent looks. */
const INDEPENDENT = 0.25
const ROUNDS = 40
/** What no track explains: room, noise, what the set does not show. Relative to the mean of each band. */
const REST_SHARE = 0.02

/** How the mix divides into the tracks of the set, as far as when they play tells them apart. */
export interface Unmixed {
  components: readonly Component[]
  /** Gain of each component in each band (component after component), in powers of full scale. */
  gains: Float64Array
  /** How far each of them may be off, in nats: near the usual spread when the mix says nothing about it. */
  doubts: Float64Array
  /** Gains that the tracks would have if they sounded as usual. */
  usualGains: Float64Array
  /** The rest in each band. */
  rest: Float64Array
  /** The whole as it would sound, column after column. */
  model: Float64Array
}

/**
 * Fits the tracks of a set to a mix: for each third octave the gains that make the sum of all components most likely,
 * given their usual levels. Powers over time scatter like those of noise (Itakura-Saito divergence); gains scatter
 * around the usual ones by USUAL_SPREAD. Multiplicative updates with the prior blended in end at the most likely point.
 * Source: C. Févotte et al., "Nonnegative matrix factorization with the Itakura-Saito divergence", 2009.
 */
export function unmix(observed: Observed, components: readonly Component[], rounds = ROUNDS): Unmixed {
  const bands = observed.bandsHz.length
  const count = components.length
  const unmixed: Unmixed = {
    components,
    gains: new Float64Array(count * bands),
    doubts: new Float64Array(count * bands),
    usualGains: new Float64Array(count * bands),
    rest: new Float64Array(bands),
    model: new Float64Array(observed.powers.length),
  }
  const mixPower = observed.powers.reduce((sum, power) => sum + power, 0) / observed.columns
  for (let band = 0; band < bands; band++) fitBand(observed, unmixed, band, mixPower, rounds)
  return unmixed
}

function fitBand(observed: Observed, unmixed: Unmixed, band: number, mixPower: number, rounds: number): void {
  const { columns } = observed
  const bands = observed.bandsHz.length
  const { components } = unmixed
  const count = components.length
  const seen = Float64Array.from(
    { length: columns },
    (_, column) => (observed.powers[column * bands + band] ?? 0) + 1e-13,
  )
  const mean = seen.reduce((sum, power) => sum + power, 0) / columns
  const rows = components.map(({ levels }) =>
    Float64Array.from({ length: columns }, (_, column) => levels[column * bands + band] ?? 0),
  )
  rows.push(new Float64Array(columns).fill(1))
  const usual = components.map((component) => Math.max(1e-14, (component.usual[band] ?? 0) * mixPower))
  usual.push(REST_SHARE * mean)
  const gains = Float64Array.from(usual)
  const model = new Float64Array(columns)
  const weights = new Float64Array(count + 1)
  for (let round = 0; round <= rounds; round++) {
    model.fill(1e-14)
    for (const [k, row] of rows.entries()) {
      const gain = gains[k] ?? 0
      for (let column = 0; column < columns; column++)
        model[column] = (model[column] ?? 0) + gain * (row[column] ?? 0)
    }
    if (round === rounds) break
    for (const [k, row] of rows.entries()) {
      let above = 0
      let below = 0
      for (let column = 0; column < columns; column++) {
        const activity = row[column] ?? 0
        if (activity === 0) continue
        const inverse = 1 / (model[column] ?? 1)
        below += activity * inverse
        above += activity * inverse * inverse * (seen[column] ?? 0)
      }
      const gain = gains[k] ?? 0
      const weight = INDEPENDENT * gain * below
      weights[k] = weight
      const blend = 1 / (1 + 2 * USUAL_SPREAD ** 2 * weight)
      const moved = Math.log(gain) + (below > 0 ? 0.5 * Math.log(Math.max(1e-6, above / below)) : 0)
      gains[k] = Math.exp((1 - blend) * moved + blend * Math.log(usual[k] ?? 1e-14))
    }
  }
  for (let k = 0; k < count; k++) {
    unmixed.gains[k * bands + band] = gains[k] ?? 0
    unmixed.usualGains[k * bands + band] = usual[k] ?? 0
    unmixed.doubts[k * bands + band] = doubtOf(rows[k], gains[k] ?? 0, model)
  }
  unmixed.rest[band] = gains[count] ?? 0
  for (let column = 0; column < columns; column++) unmixed.model[column * bands + band] = model[column] ?? 0
}

/** Spread of a gain that remains once the mix is known: little where the part stands out, all where it is covered. */
function doubtOf(row: Float64Array | undefined, gain: number, model: Float64Array): number {
  let looks = 0
  for (let column = 0; column < model.length; column++) {
    const share = (gain * (row?.[column] ?? 0)) / (model[column] ?? 1)
    looks += share * share
  }
  return 1 / Math.sqrt(1 / USUAL_SPREAD ** 2 + INDEPENDENT * looks)
}

/** A single value counts no more than if it were this far off: 25 dB. */
const FARTHEST_RATIO = 300
/** Quieter than this below the mean of its band, sound is as good as silence. */
const QUIET = 1e-4

/** Mean Itakura-Saito divergence of mix and model, nats per value: 0 is a perfect account of the mix. */
export function misfitOf(observed: Observed, { model }: Pick<Unmixed, 'model'>): number {
  return divergence(observed, model, 0, 0, model.length)
}

/** The same for a stretch of values of the mix beside a stretch of the model. */
export function divergence(
  { powers, means, bandsHz }: Observed,
  model: Float64Array,
  from: number,
  modelFrom: number,
  length: number,
): number {
  const bands = bandsHz.length
  let sum = 0
  for (let at = 0; at < length; at++)
    sum += misfitAt(powers[from + at] ?? 0, model[modelFrom + at] ?? 0, means[(from + at) % bands] ?? 0)
  return sum / Math.max(1, length)
}

/** The same for each band: what matters in one band alone is not lost in the mean of all. */
export function bandMisfits({ powers, means, bandsHz }: Observed, { model }: Pick<Unmixed, 'model'>) {
  const bands = bandsHz.length
  const misfits = new Float64Array(bands)
  for (let at = 0; at < model.length; at++) {
    const band = at % bands
    misfits[band] = (misfits[band] ?? 0) + misfitAt(powers[at] ?? 0, model[at] ?? 0, means[band] ?? 0)
  }
  return misfits.map((sum) => (sum * bands) / Math.max(1, model.length))
}

function misfitAt(power: number, modelled: number, mean: number): number {
  const quiet = QUIET * mean + 1e-12
  const ratio = (power + quiet) / (modelled + quiet)
  const limited = Math.max(1 / FARTHEST_RATIO, Math.min(FARTHEST_RATIO, ratio))
  // Beyond a factor of four too little was foreseen: from there the cost grows as the logarithm does
  return limited > 4 ? 4 - Math.log(4) - 1 + Math.log(limited / 4) : limited - Math.log(limited) - 1
}

/** Power of each playing track in the bands and columns given, and of the whole: mean per column. */
export function powersIn(
  unmixed: Unmixed,
  tracks: number,
  bands: readonly number[],
  columns: readonly number[],
): { tracks: Float64Array; usual: Float64Array; all: number } {
  const perBand = unmixed.rest.length
  const powers = new Float64Array(tracks)
  const usual = new Float64Array(tracks)
  for (const [k, { track, levels }] of unmixed.components.entries()) {
    for (const band of bands) {
      let sum = 0
      for (const column of columns) sum += levels[column * perBand + band] ?? 0
      powers[track] = (powers[track] ?? 0) + sum * (unmixed.gains[k * perBand + band] ?? 0)
      usual[track] = (usual[track] ?? 0) + sum * (unmixed.usualGains[k * perBand + band] ?? 0)
    }
  }
  let all = 0
  for (const column of columns) for (const band of bands) all += unmixed.model[column * perBand + band] ?? 0
  const many = Math.max(1, columns.length)
  return {
    tracks: powers.map((power) => power / many),
    usual: usual.map((power) => power / many),
    all: all / many,
  }
}
