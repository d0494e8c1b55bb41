import { isLimiter, isOpaque } from '../limiters.ts'
import { type Rule, word } from '../rule.ts'

/** Devices that a main track gets when it is worked on for loudness; one alone is a matter of colour. */
const LOUDNESS_TOOLS = new Set([
  'Compressor2',
  'GlueCompressor',
  'MultibandDynamics',
  'Saturator',
  'DrumBuss',
  'Roar',
])
const FEWEST_TOOLS = 2

export const limiterAbsent: Rule = {
  id: 'set-limiter-absent',
  severity: 'info',
  title: 'The main track is worked on for loudness without a limiter at the end',
  reason: 'Two or more dynamics or drive devices stand on it, and nothing holds the peaks behind them.',
  provenance: 'opinion',
  source: `ours: counted from ${FEWEST_TOOLS} such devices`,
  check: ({ main }) => {
    const working = main?.allDevices.filter(({ effectivelyOn }) => effectivelyOn !== false) ?? []
    if (main === undefined || working.length === 0 || working.some(isOpaque)) return null
    const tools = working.filter((device) => LOUDNESS_TOOLS.has(device.class)).length
    if (tools < FEWEST_TOOLS || main.allDevices.some(isLimiter)) return []
    return [
      {
        track: main,
        present: word('no limiter'),
        sureness: 'possible',
        doubt: 'Right for a mix that goes to mastering without a limiter.',
      },
    ]
  },
}
