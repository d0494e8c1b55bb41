import type { Finding } from '../../src/findings/contract.ts'
import type { Timeline } from '../report/timeline.ts'
import type { Player } from '../report/use-player.ts'
import { countOf, formatHzRange } from '../ui/format.ts'
import { TextButton } from '../ui/text-button.tsx'
import { stretchWords } from './finding-words.ts'
import classes from './findings.module.css'

/** More places are folded away. */
const SHOWN_PLACES = 3

interface PlaceButtonsProps {
  finding: Finding
  timeline: Timeline
  player: Player
}

/** Where a finding is: each place seeks and lights up on the axis; its band can be listened to alone. */
export function PlaceButtons({ finding, timeline, player }: PlaceButtonsProps) {
  const { times, band } = finding.place
  const show = (index: number) => {
    const time = times[index]
    if (time === undefined) return
    timeline.light(times)
    timeline.seek(time.startSeconds)
  }
  const hear = () => {
    show(0)
    player.solo(band)
    player.play()
  }
  const isSolo = band !== null && player.soloed?.fromHz === band.fromHz && player.soloed.toHz === band.toHz
  return (
    <div className={classes.places}>
      {times.length === 0 && <span>The whole track</span>}
      {times.slice(0, SHOWN_PLACES).map((time, index) => (
        <TextButton key={time.startSeconds} onClick={() => show(index)}>
          {stretchWords(finding.place, index)}
        </TextButton>
      ))}
      {times.length > SHOWN_PLACES && (
        <span>and {countOf(times.length - SHOWN_PLACES, 'more place', 'more places')}, all lit up</span>
      )}
      {band !== null && <span className="tabular">{formatHzRange(band.fromHz, band.toHz)}</span>}
      {player.canPlay && (
        <span className={classes.hear}>
          <TextButton onClick={hear}>
            {band === null ? 'Hear it' : `Hear ${formatHzRange(band.fromHz, band.toHz)} alone`}
          </TextButton>
          {isSolo && <TextButton onClick={() => player.solo(null)}>Hear everything</TextButton>}
        </span>
      )}
    </div>
  )
}
