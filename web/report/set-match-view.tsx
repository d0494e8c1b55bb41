import type { BounceMatch, Counterfactual, Fusion, MatchEvidence } from '../../src/fusion/contract.ts'
import type { Report } from '../../src/report/contract.ts'
import { lightUp } from './light-up.ts'
import classes from './set-match.module.css'

const VERDICT_WORDS: Record<BounceMatch['verdict'], string> = {
  yes: 'This file is a bounce of the set as it stands.',
  perhaps: 'This file may be a bounce of the set: not all of it agrees.',
  no: 'This file is no bounce of the set as it stands, so nothing of the set is laid over it.',
}
const DIFFERENCE_WORDS: Record<NonNullable<BounceMatch['likelyDifference']>, string> = {
  'another-song': 'another song',
  'other-tempo': 'another tempo',
  'moved-sections': 'sections in another order',
  'other-arrangement': 'parts that enter and rest elsewhere',
  'muted-track': 'a track is muted that is heard',
  'unmuted-track': 'a track sounds that is not heard',
  transposed: 'another pitch',
}
const SPEAKS_WORDS: Record<MatchEvidence['speaks'], string> = {
  for: 'For',
  against: 'Against',
  neither: 'Neither',
}
/** What speaks against it comes first where the verdict is not yes. */
const DOUBT_FIRST: readonly MatchEvidence['speaks'][] = ['against', 'for', 'neither']
const FOR_FIRST: readonly MatchEvidence['speaks'][] = ['for', 'against', 'neither']

interface SetMatchViewProps {
  fusion: Fusion
  report: Report
  onShowTrack: (trackIndex: number) => void
}

function Evidence({
  each,
  report,
  onShowTrack,
}: { each: MatchEvidence } & Omit<SetMatchViewProps, 'fusion'>) {
  const { trackIndex } = each
  return (
    <li className={classes.evidence}>
      <span className={classes.speaks} data-speaks={each.speaks}>
        {SPEAKS_WORDS[each.speaks]}
      </span>
      <span>
        {each.text}
        {trackIndex !== null && (
          <>
            {' '}
            <button type="button" className={classes.track} onClick={() => onShowTrack(trackIndex)}>
              {report.set?.tracks[trackIndex]?.name || `track ${trackIndex + 1}`}
            </button>
          </>
        )}
      </span>
    </li>
  )
}

function MainTrack({ facts }: { facts: readonly Counterfactual[] }) {
  return (
    <>
      <h3 className={classes.subheading}>Gain into the main limiter</h3>
      <ul className={classes.facts}>
        {facts.map(({ text, trackIndex }) => (
          <li key={text}>
            {text}{' '}
            <button
              type="button"
              className={classes.track}
              onClick={() => lightUp(`set.T${trackIndex + 1}.devices`)}
            >
              Devices
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Whether the file was bounced from this set, and why; what arithmetic says about the main track. */
export function SetMatchView({ fusion, report, onShowTrack }: SetMatchViewProps) {
  const { verdict, probability, likelyDifference, evidence } = fusion.match
  const order = verdict === 'yes' ? FOR_FIRST : DOUBT_FIRST
  return (
    <section aria-labelledby="fusion-title" id="fusion" tabIndex={-1}>
      <h2 id="fusion-title" className={classes.heading}>
        Set and mix
      </h2>
      <p>
        {VERDICT_WORDS[verdict]}{' '}
        {likelyDifference !== null && `Likeliest difference: ${DIFFERENCE_WORDS[likelyDifference]}. `}
        <span className="muted">({Math.round(probability * 100)} % likely the same)</span>
      </p>
      <ul className={classes.list}>
        {order.flatMap((speaks) =>
          evidence
            .filter((each) => each.speaks === speaks)
            .map((each) => (
              <Evidence
                key={`${each.text} ${each.trackIndex}`}
                each={each}
                report={report}
                onShowTrack={onShowTrack}
              />
            )),
        )}
      </ul>
      {fusion.counterfactuals.length > 0 && <MainTrack facts={fusion.counterfactuals} />}
    </section>
  )
}
