/**
 * How much each pitch class, counted from the tonic, speaks for a key: first of all notes, then of the bass. Fitted (softmax
 * over 24 keys, ridge 0.03) to two thirds of the music and generated tracks with known key; the last third was left
 * out of the fit, see docs/measures.md.
 */
export const KEY_WEIGHTS = {
  major: {
    notes: [
      5.6774, 1.0036, -0.42422, -2.0778, 2.0424, -1.4587, -1.7873, 5.7032, -5.15, 1.8921, -6.3558, -2.2133,
    ],
    bass: [
      2.2872, -2.3594, 0.10524, -0.76306, 0.11176, 0.72491, 0.00012777, 1.5862, -1.6398, 0.027685, -0.17118,
      -0.10267,
    ],
    bias: 0,
  },
  minor: {
    notes: [
      6.869, -4.1347, 0.96253, 2.2901, -6.2612, -1.558, -1.068, 3.7721, 1.3224, -4.6805, -2.301, 0.67162,
    ],
    bass: [
      1.6418, -0.52276, 0.31333, -0.96133, -0.23732, -0.63573, 0.18709, 1.063, -0.34156, 0.23641, -0.67585,
      0.0061308,
    ],
    bias: 1.252,
  },
} as const
