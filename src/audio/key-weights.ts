/**
 * How much each pitch class, counted from the tonic, speaks for a key: first of all notes, then of the bass. Fitted (softmax
 * over 24 keys, ridge 0.03) to two thirds of the music and generated tracks with known key; the last third was left
 * out of the fit, see docs/measures.md.
 */
export const KEY_WEIGHTS = {
  major: {
    notes: [
      6.6007, 1.4257, -0.22024, -3.9196, 1.7122, -2.7606, -2.5377, 6.382, -6.3153, 2.2676, -8.1103, -3.4057,
    ],
    bass: [
      2.3388, -2.7625, 0.43159, -1.1046, -0.15891, 0.88991, -0.1118, 1.2364, -1.674, 0.33222, -0.76616,
      -0.053731,
    ],
    bias: 0,
  },
  minor: {
    notes: [
      6.9353, -5.3604, 0.68715, 2.8274, -7.2331, -1.5339, -1.7151, 3.8275, 1.5094, -5.1041, -3.2727, 1.0513,
    ],
    bass: [
      1.8382, -0.74047, 0.26416, -1.5408, -0.35359, -0.39644, -0.13515, 1.1757, -0.48455, 0.10166, -0.8591,
      -0.15586,
    ],
    bias: 2.2011,
  },
} as const
