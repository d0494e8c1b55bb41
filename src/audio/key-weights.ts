/**
 * How much each pitch class, counted from the tonic, speaks for a key: first of all notes, then of the bass. Fitted (softmax
 * over 24 keys, ridge 0.03) to two thirds of the music and generated tracks with known key; the last third was never looked
 * at, see docs/measures.md.
 */
export const KEY_WEIGHTS = {
  major: {
    notes: [
      5.5594, -0.067561, -0.019744, -1.3672, 2.5019, -1.3376, -2.1861, 4.7252, -4.6132, 1.9054, -4.778,
      -1.9803,
    ],
    bass: [
      2.3825, -2.0336, -1.1034, -0.37417, 0.37405, 0.73457, -0.11295, 2.5909, -2.3419, -0.38998, -0.0048342,
      0.087636,
    ],
    bias: 0,
  },
  minor: {
    notes: [
      6.88, -3.161, 0.71741, 2.2102, -4.9956, -1.2715, -0.80263, 3.5069, 0.71807, -4.3491, -2.1875,
      -0.0034477,
    ],
    bass: [
      1.6361, -0.48726, 0.77567, -0.87805, -0.42866, -1.4525, 0.68479, 0.96526, -0.14306, -0.1827, -0.37502,
      -0.041499,
    ],
    bias: 1.5477,
  },
} as const
