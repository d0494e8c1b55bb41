import type { Rule } from './rule.ts'
import { chainSolo } from './rules/chain-solo.ts'
import { clipGain } from './rules/clip-gain.ts'
import { defaultNames } from './rules/default-names.ts'
import { delayTime } from './rules/delay-time.ts'
import { duckRelease } from './rules/duck-release.ts'
import { externalOutput } from './rules/external-output.ts'
import { gainAfterLimiter } from './rules/gain-after-limiter.ts'
import { gainStaging } from './rules/gain-staging.ts'
import { heavyTrack } from './rules/heavy-track.ts'
import { limiterAbsent } from './rules/limiter-absent.ts'
import { limiterCeiling } from './rules/limiter-ceiling.ts'
import { limiterOff } from './rules/limiter-off.ts'
import { loopCutsEnd } from './rules/loop-cuts-end.ts'
import { lostSidechain } from './rules/lost-sidechain.ts'
import { mainDeviceOff } from './rules/main-device-off.ts'
import { mainFader } from './rules/main-fader.ts'
import { mainMono } from './rules/main-mono.ts'
import { missingPlugin } from './rules/missing-plugin.ts'
import { monitorIn } from './rules/monitor-in.ts'
import { mutedContent } from './rules/muted-content.ts'
import { noDucking } from './rules/no-ducking.ts'
import { outsideSamples } from './rules/outside-samples.ts'
import { polarity } from './rules/polarity.ts'
import { preDelay } from './rules/pre-delay.ts'
import { returnLoop } from './rules/return-loop.ts'
import { sideListen } from './rules/side-listen.ts'
import { solo } from './rules/solo.ts'
import { strayClip } from './rules/stray-clip.ts'
import { tempoJump } from './rules/tempo-jump.ts'
import { unheardTrack } from './rules/unheard-track.ts'
import { unusedTrack } from './rules/unused-track.ts'
import { warpMode } from './rules/warp-mode.ts'
import { wideBass } from './rules/wide-bass.ts'

/** Every rule, in the order in which results of one severity are listed. */
export const RULES: readonly Rule[] = [
  solo,
  sideListen,
  missingPlugin,
  mainMono,
  monitorIn,
  unheardTrack,
  externalOutput,
  chainSolo,
  lostSidechain,
  limiterOff,
  gainAfterLimiter,
  strayClip,
  returnLoop,
  limiterCeiling,
  mainFader,
  gainStaging,
  warpMode,
  wideBass,
  polarity,
  duckRelease,
  mainDeviceOff,
  mutedContent,
  limiterAbsent,
  noDucking,
  clipGain,
  delayTime,
  preDelay,
  tempoJump,
  loopCutsEnd,
  outsideSamples,
  heavyTrack,
  unusedTrack,
  defaultNames,
]
