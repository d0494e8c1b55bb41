import type { Evidence } from './evidence.ts'
import type { Family, ProblemPlace } from './problem.ts'

/** Less than this is not worth a word. */
const SMALLEST_DB = 2
const MUCH_DOUBT = 0.6

const whole = (value: number) => Math.round(value)
const one = (value: number) => (Math.round(value * 10) / 10).toFixed(1)

/** What speaks for a suspect, in words with numbers; estimates say that they are. Names of the set are not in it. */
export function reasonsFor(family: Family, evidence: Evidence, place: ProblemPlace): string[] {
  const { settings } = evidence
  const reasons: string[] = []
  if (!evidence.bus && (family === 'tonal' || family === 'clash'))
    reasons.push(
      `carries about ${whole(100 * evidence.share)} % of the sound ${bandWords(place)} (estimated from when it plays)`,
    )
  if (!evidence.bus && (family === 'tonal' || family === 'clash') && evidence.liftDb > SMALLEST_DB)
    reasons.push(`is about ${whole(evidence.liftDb)} dB stronger there than such a part usually is`)
  if (settings.boostDb > SMALLEST_DB && place.fromHz !== null)
    reasons.push(`its equalisers raise this band by up to ${one(settings.boostDb)} dB`)
  if (family === 'level' && !evidence.bus)
    reasons.push(
      `carries up to ${whole(100 * evidence.widestShare)} % of a band (estimated from when it plays)`,
    )
  if (family === 'level' && evidence.levelLiftDb > SMALLEST_DB)
    reasons.push(
      `is about ${whole(evidence.levelLiftDb)} dB louder in the mix than such a part usually is (estimated)`,
    )
  if (family === 'level' && evidence.gainOverOthersDb > SMALLEST_DB)
    reasons.push(
      `fader and devices add ${one(evidence.gainOverOthersDb)} dB more than on the middle one of the other tracks`,
    )
  reasons.push(...stereoReasons(family, evidence), ...loudReasons(family, evidence))
  if (!evidence.bus && evidence.doubt > MUCH_DOUBT)
    reasons.push('the mix hardly separates it from what plays at the same time')
  return reasons
}

function stereoReasons(family: Family, { settings, correlation, bus }: Evidence): string[] {
  if (family !== 'stereo' && family !== 'phase') return []
  const reasons: string[] = []
  if (settings.width > 1.05) reasons.push(`Utility makes it ${whole(100 * settings.width)} % wide`)
  if (settings.inverted) reasons.push('Utility turns one of its channels upside down')
  if (!bus && correlation !== null)
    reasons.push(
      `left and right are alike by about ${one(correlation)} where it plays (1 the same, −1 opposite; estimated)`.replace(
        '-',
        '−',
      ),
    )
  return reasons
}

function loudReasons(
  family: Family,
  { settings, bus, suspect, widestShare, levelLiftDb }: Evidence,
): string[] {
  if (family !== 'limiting') return []
  const reasons: string[] = []
  if (suspect.track.kind === 'main') reasons.push('all of the mix runs through it')
  if (settings.driveDb > SMALLEST_DB)
    reasons.push(`${one(settings.driveDb)} dB go into its limiter, saturator or makeup`)
  if (settings.opaque) reasons.push('has a plug-in whose settings the set does not show')
  if (!bus)
    reasons.push(
      `carries up to ${whole(100 * widestShare)} % of a band, ${whole(Math.abs(levelLiftDb))} dB ${levelLiftDb < 0 ? 'less' : 'more'} than such a part usually has (estimated)`,
    )
  return reasons
}

function bandWords({ fromHz, toHz }: ProblemPlace): string {
  return fromHz === null || toHz === null ? 'as a whole' : `between ${whole(fromHz)} and ${whole(toHz)} Hz`
}
