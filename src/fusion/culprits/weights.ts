import type { Family } from './problem.ts'

/**
 * Weights of a conditional logit model: the likelihood of a suspect is exp(weights · features) over the sum of all.
 * Fitted on 262 generated songs of the seeds 2000–2340 (scripts/fusion/fit-weights.ts shows how); what is held out begins
 * at 9000.
 */
export const WEIGHTS: Readonly<Record<Family, Readonly<Record<string, number>>>> = {
  tonal: {
    bus: -2.14,
    main: -1.27,
    share: 1.57,
    bump: -0.81,
    lift: 0.75,
    boost: 2.73,
    boostEffect: 1.11,
    bumpEffect: 0.68,
    doubt: -0.07,
    misfit: -0.71,
  },
  clash: {
    bus: -1.56,
    main: -1.39,
    share: 1.36,
    bump: -1.7,
    lift: 2.38,
    boost: 2.9,
    boostEffect: 0.55,
    bumpEffect: 0.29,
    doubt: -0.37,
    kick: 0.07,
    bass: 0.21,
  },
  level: {
    bus: -1.85,
    main: -0.69,
    lift: 2.03,
    widest: 3.23,
    share: -0.95,
    gain: 1.14,
    hot: 2.8,
    doubt: 0.09,
  },
  stereo: {
    bus: -1.4,
    main: -0.67,
    below: 4.14,
    belowShare: 1.65,
    negative: 0.29,
    share: 0.02,
    widest: 1.52,
    width: 1.04,
    wider: 1.2,
  },
  phase: {
    bus: -0.52,
    main: -0.26,
    below: 2.11,
    belowShare: 0.99,
    negative: 1.45,
    share: 0.49,
    widest: 0.15,
    width: 0.37,
    inverted: 2.53,
  },
  limiting: {
    bus: 0.57,
    main: 1.54,
    drive: 2.95,
    overdrive: 1.72,
    opaque: 1.82,
    loudener: 0.84,
    lift: 1.5,
    widest: 2.16,
  },
}
