import type { Evidence } from './evidence.ts'
import type { Family, ProblemKind } from './problem.ts'

/** What the likelihood of a suspect is made of: named numbers of about −2…2, weighed by weights.ts. */
export type Features = Readonly<Record<string, number>>

const shareLevel = (share: number) => Math.max(-2.5, Math.log10(Math.max(1e-4, share)))

export function featuresOf(family: Family, kind: ProblemKind, evidence: Evidence): Features {
  const { settings } = evidence
  const bus = { bus: evidence.bus ? 1 : 0, main: evidence.suspect.track.kind === 'main' ? 1 : 0 }
  const spectral = {
    share: shareLevel(evidence.share),
    bump: evidence.bumpDb / 10,
    lift: evidence.liftDb / 10,
    boost: settings.boostDb / 10,
    boostEffect: evidence.boostEffectDb / 3,
    bumpEffect: evidence.bumpEffectDb / 3,
    doubt: evidence.doubt,
  }
  if (family === 'tonal') return { ...bus, ...spectral, ...fitOfRole(kind, evidence) }
  if (family === 'clash')
    return {
      ...bus,
      ...spectral,
      kick: evidence.suspect.role === 'kick' ? 1 : 0,
      bass: evidence.suspect.role === 'bass' ? 1 : 0,
    }
  if (family === 'level')
    return {
      ...bus,
      lift: evidence.levelLiftDb / 10,
      widest: shareLevel(evidence.widestShare),
      share: shareLevel(evidence.share),
      gain: evidence.gainOverOthersDb / 10,
      hot: Math.max(0, settings.faderDb + settings.gainDb) / 10,
      doubt: evidence.doubt,
    }
  if (family === 'limiting')
    return {
      ...bus,
      drive: settings.driveDb / 10,
      overdrive: Math.max(0, settings.driveDb - 6) / 10,
      opaque: settings.opaque ? 1 : 0,
      loudener: settings.opaqueLoudener ? 1 : 0,
      lift: evidence.bus ? 0 : evidence.levelLiftDb / 10,
      widest: evidence.bus ? 0 : shareLevel(evidence.widestShare),
    }
  return { ...bus, ...stereoFeatures(evidence) }
}

function stereoFeatures({ settings, correlation, usualCorrelation, share, widestShare }: Evidence): Features {
  const below = Math.max(-1, (usualCorrelation ?? 0.8) - (correlation ?? 0.8))
  return {
    below,
    belowShare: below * share,
    negative: Math.max(0, -(correlation ?? 0.8)),
    share: shareLevel(share),
    widest: shareLevel(widestShare),
    width: Math.max(0, settings.width - 1),
    wider: Math.max(0, settings.width - 1.5),
    inverted: settings.inverted ? 1 : 0,
  }
}

/** Kicks do not make a mix harsh, hats do not make it muddy. */
function fitOfRole(kind: ProblemKind, { suspect }: Evidence): Features {
  const low = suspect.role === 'kick' || suspect.role === 'bass'
  const high = suspect.role === 'hats'
  return { misfit: (kind === 'harshness' && low) || (kind !== 'harshness' && high) ? 1 : 0 }
}
