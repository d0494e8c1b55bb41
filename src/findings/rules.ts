import type { Rule } from './rule.ts'
import { boomy } from './rules/boomy.ts'
import { boxy } from './rules/boxy.ts'
import { buildOverDrop } from './rules/build-over-drop.ts'
import { channelMissing } from './rules/channel-missing.ts'
import { clicks } from './rules/clicks.ts'
import { clipping } from './rules/clipping.ts'
import { codecOvershoot } from './rules/codec-overshoot.ts'
import { cutOffEnding } from './rules/cut-off-ending.ts'
import { dcOffset } from './rules/dc-offset.ts'
import { dropouts } from './rules/dropouts.ts'
import { dull } from './rules/dull.ts'
import { harsh } from './rules/harsh.ts'
import { hum } from './rules/hum.ts'
import { imbalance } from './rules/imbalance.ts'
import { invertedPolarity } from './rules/inverted-polarity.ts'
import { kickBassMasking } from './rules/kick-bass-masking.ts'
import { lossySource } from './rules/lossy-source.ts'
import { lowBitDepth } from './rules/low-bit-depth.ts'
import { mono } from './rules/mono.ts'
import { monoIncompatible } from './rules/mono-incompatible.ts'
import { mud } from './rules/mud.ts'
import { noiseFloor } from './rules/noise-floor.ts'
import { offTuning } from './rules/off-tuning.ts'
import { overLimited } from './rules/over-limited.ts'
import { resonance } from './rules/resonance.ts'
import { sibilant } from './rules/sibilant.ts'
import { sideOnlyLows } from './rules/side-only-lows.ts'
import { silenceAtEnds } from './rules/silence-at-ends.ts'
import { tempoDrift } from './rules/tempo-drift.ts'
import { thinLowEnd } from './rules/thin-low-end.ts'
import { tooNarrow } from './rules/too-narrow.ts'
import { tooQuiet } from './rules/too-quiet.ts'
import { tooWide } from './rules/too-wide.ts'
import { truePeakOver } from './rules/true-peak-over.ts'
import { weakContrast } from './rules/weak-contrast.ts'

export const RULES: readonly Rule[] = [
  clipping,
  truePeakOver,
  overLimited,
  tooQuiet,
  mud,
  boxy,
  harsh,
  sibilant,
  dull,
  boomy,
  thinLowEnd,
  resonance,
  monoIncompatible,
  invertedPolarity,
  sideOnlyLows,
  imbalance,
  mono,
  tooNarrow,
  tooWide,
  channelMissing,
  dcOffset,
  hum,
  clicks,
  dropouts,
  silenceAtEnds,
  cutOffEnding,
  lossySource,
  lowBitDepth,
  noiseFloor,
  weakContrast,
  buildOverDrop,
  kickBassMasking,
  tempoDrift,
  offTuning,
  codecOvershoot,
]
