import type { Cause, CauseChange } from '../../findings/causes-contract.ts'
import type { Finding } from '../../findings/contract.ts'
import { correlationsOf } from '../culprits/correlations.ts'
import { type Evidence, gatherEvidence } from '../culprits/evidence.ts'
import { rankEvidence, SURE } from '../culprits/find-culprits.ts'
import { leastAlikeBand, standoutThird } from '../culprits/narrow-place.ts'
import { familyOf, type ProblemPlace } from '../culprits/problem.ts'
import { type Change, proposeChange } from '../culprits/propose-change.ts'
import { reasonsFor } from '../culprits/reasons.ts'
import { suspectsOf } from '../culprits/suspects.ts'
import type { Fused } from '../fuse.ts'
import { counterfactuals } from '../gain-paths.ts'
import { numberedDevices } from './device-number.ts'
import { type Estimate, estimate } from './estimates.ts'
import { barsPlayed, playingReasons } from './playing-words.ts'
import { type Search, searchFor } from './searches.ts'

const MOST_CAUSES = 5
const LEAST_LIKELY = 0.03

/** What stands behind findings: causes by falling likelihood, and whether the first stands out; null without causes. */
export type CauseFinder = (finding: Finding) => Pick<Finding, 'causes' | 'isCauseClear'>

interface Suspected extends Omit<Estimate, 'weight'> {
  evidence: Evidence
  likelihood: number
}

/** Finds causes of findings about a mix among the tracks of the set that lies over it. */
export function createCauseFinder(fused: Fused): CauseFinder {
  const suspects = suspectsOf(fused)
  const correlations = correlationsOf(fused)
  const facts = counterfactuals(fused.set, fused.audio)
  return (finding) => {
    const search = searchFor(finding.rule, middleOf(finding))
    if (search === null) return { causes: [], isCauseClear: null }
    const place = placeFor(search, finding, fused)
    const gathered = gatherEvidence(fused, suspects, place, correlations)
    const ranked =
      search.by === 'weights'
        ? byWeights(search.kind, gathered, place)
        : byEstimate(search, gathered, finding, fused.audio.stereo.balanceDb ?? 0)
    const isLoud = search.by === 'ceiling' || (search.by === 'weights' && search.kind === 'limiting')
    const causes = ranked
      .filter(({ likelihood }) => likelihood >= LEAST_LIKELY)
      .slice(0, MOST_CAUSES)
      .map((suspected) => ({
        ...causeOf(fused, suspected, finding),
        likelihoodFrom: search.by === 'weights' ? ('generated songs' as const) : ('estimate' as const),
      }))
      .map((cause) =>
        isLoud
          ? {
              ...cause,
              reasons: [
                ...cause.reasons,
                ...facts.filter(({ trackIndex }) => trackIndex === cause.trackIndex).map(({ text }) => text),
              ],
            }
          : cause,
      )
    const [first] = causes
    return { causes, isCauseClear: first === undefined ? null : first.likelihood >= SURE }
  }
}

function middleOf({ place: { band } }: Finding): number | null {
  return band === null ? null : Math.sqrt(band.fromHz * band.toHz)
}

/** The lows, where kick and bass meet; for findings that name no band. */
const LOWS = { fromHz: 40, toHz: 125 }

function placeFor(search: Search, { place: { times, band } }: Finding, { audio }: Fused): ProblemPlace {
  const asFound = { times, fromHz: band?.fromHz ?? null, toHz: band?.toHz ?? null }
  if (search.by !== 'weights') return asFound
  if (search.place === 'standout third') return { times, ...standoutThird(audio, band ?? LOWS) }
  return search.place === 'least alike band' && band === null
    ? { ...asFound, ...leastAlikeBand(audio) }
    : asFound
}

function byWeights(
  kind: Extract<Search, { by: 'weights' }>['kind'],
  gathered: readonly Evidence[],
  place: ProblemPlace,
): Suspected[] {
  const family = familyOf(kind)
  return rankEvidence(kind, gathered).map(({ evidence, likelihood }) => ({
    evidence,
    likelihood,
    reasons: reasonsFor(family, evidence, place),
    change: proposeChange(family, evidence, place),
  }))
}

function byEstimate(
  search: Exclude<Search, { by: 'weights' }>,
  gathered: readonly Evidence[],
  finding: Finding,
  balanceDb: number,
): Suspected[] {
  const estimates = gathered.map((evidence) => ({
    evidence,
    ...estimate(search, evidence, finding, balanceDb),
  }))
  const all = estimates.reduce((sum, { weight }) => sum + weight, 0)
  return estimates
    .filter(({ weight }) => weight > 0)
    .map(({ weight, ...rest }) => ({ ...rest, likelihood: weight / all }))
    .sort((a, b) => b.likelihood - a.likelihood)
}

function causeOf(
  fused: Fused,
  { evidence, likelihood, reasons, change }: Suspected,
  { place }: Finding,
): Omit<Cause, 'likelihoodFrom'> {
  const { suspect, bus } = evidence
  const playing = bus ? undefined : fused.tracks.find(({ index }) => index === suspect.index)
  const bars = playing === undefined ? [] : barsPlayed(fused, playing, place.times)
  return {
    trackIndex: suspect.index,
    kind: suspect.track.kind,
    role: suspect.role,
    likelihood: Math.round(1000 * likelihood) / 1000,
    reasons: playing === undefined ? reasons : [...reasons, ...playingReasons(playing, bars)],
    bars,
    change: change === null ? null : changeOf(change, fused),
  }
}

/** Devices are told by number: their ids hold text of the file. */
function changeOf({ deviceId, ...rest }: Change, { set }: Fused): CauseChange {
  const at = numberedDevices(set).findIndex(({ id }) => id === deviceId)
  return {
    ...rest,
    deviceNumber: at < 0 ? null : at + 1,
    isNew: deviceId === null && rest.device !== 'Mixer',
  }
}
