/**
 * How much each pitch class, counted from the tonic, speaks for a key: first of all notes, then of the bass. Fitted (softmax
 * over 24 keys, ridge 0.03) to two thirds of the music and generated tracks with known key; the last third was never looked
 * at, see docs/measures.md.
 */
export const KEY_WEIGHTS = {
  major: {
    notes: [
      5.5504, -0.058768, -0.016298, -1.3645, 2.5106, -1.3198, -2.1716, 4.7218, -4.6134, 1.8889, -4.7848,
      -1.9917,
    ],
    bass: [
      2.3985, -2.0475, -1.1041, -0.38264, 0.37609, 0.73186, -0.095721, 2.5887, -2.3434, -0.39476, -0.0056777,
      0.083651,
    ],
    bias: 0,
  },
  minor: {
    notes: [
      6.8756, -3.165, 0.7178, 2.2174, -4.9868, -1.2695, -0.79387, 3.5055, 0.71491, -4.3568, -2.1889,
      -0.0023315,
    ],
    bass: [
      1.636, -0.48601, 0.77448, -0.86689, -0.42992, -1.4623, 0.70236, 0.96038, -0.14305, -0.18753, -0.38507,
      -0.039844,
    ],
    bias: 1.5526,
  },
} as const
