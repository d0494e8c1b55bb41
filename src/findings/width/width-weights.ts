// Written by scripts/findings/fit-width.ts from 348 tracks; do not edit by hand.

/** A logistic model of the inputs of width-score.ts: was the side raised? */
export const WIDTH_MODEL: {
  /** Tracks that it was fitted to. */
  tracks: number
  weights: readonly number[]
  bias: number
  /** The score from which on a track is called too wide. */
  called: number
  /** Logarithm of the odds that such a finding is true: bias + slope × score. */
  odds: { bias: number; slope: number }
} = {
  tracks: 348,
  weights: [
    -0.1779, 0.0558, 0.056, 0.0493, 0.079, 0.1071, 0.0408, 0.0615, 0.0094, -0.1963, 0.2408, 0.118, 0.2846,
  ],
  bias: 0.0249,
  called: 0.273,
  odds: { bias: -3.128, slope: 0.978 },
}
