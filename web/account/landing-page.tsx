import { Button, useComputedColorScheme } from '@mantine/core'
import { Link, useLocation } from 'react-router'
import { Notice } from '../ui/notice.tsx'
import classes from './landing.module.css'
import { isDeletedJustNow } from './leave.ts'
import reportDark from './report-dark.webp'
import reportLight from './report-light.webp'

const ANSWERS = [
  {
    name: 'Loudness',
    words: 'Integrated, short-term and momentary LUFS and loudness range, by ITU-R BS.1770 and EBU R 128.',
  },
  { name: 'Peaks', words: 'Sample peak and true peak in dBTP: what a converter or an encoder will meet.' },
  { name: 'Balance', words: 'Seven bands from sub to air, and how alike left and right are.' },
  {
    name: 'Live set',
    words: 'Tempo, meter, tracks and devices read from the .als, beside the bounce they belong to.',
  },
] as const

const JOURNEY = [
  'You upload a bounce, its Live set, or both.',
  'The files are measured and deleted. The receipt shows when, with their fingerprints.',
  'You read the report and listen along from your own file, in your own browser.',
  'You ask. Answers come from the measured numbers; the audio itself goes to no one.',
] as const

const PICTURE_WIDTH_PX = 1320
const PICTURE_HEIGHT_PX = 880

/** A real report, of the demo track, in the colours of the page. */
function ReportPicture() {
  const scheme = useComputedColorScheme('light')
  return (
    <img
      className={classes.picture}
      src={scheme === 'dark' ? reportDark : reportLight}
      width={PICTURE_WIDTH_PX}
      height={PICTURE_HEIGHT_PX}
      alt="A report: remarks in words, the waveform and loudness over time on one axis, the numbers below, the chat beside them"
    />
  )
}

export function LandingPage() {
  const { hash } = useLocation()
  return (
    <div className={classes.landing}>
      {isDeletedJustNow(hash) && (
        <Notice kind="good" title="Your account is deleted">
          Tracks, reports and messages went with it. A last letter confirms it.
        </Notice>
      )}
      <section className={classes.opening}>
        <div>
          <h1>Measured feedback on music nobody has heard yet</h1>
          <p className={classes.lead}>
            TrackSensei measures your mix and reads your Ableton Live set, shows every number with its unit
            and meaning, and answers questions from those numbers alone.
          </p>
          <div className={classes.actions}>
            <Button component={Link} to="/register" size="md">
              Register, free
            </Button>
            <Link to="/login">Log in</Link>
          </div>
        </div>
        <ReportPicture />
      </section>
      <section className={classes.part}>
        <h2>What is measured</h2>
        <dl className={classes.answers}>
          {ANSWERS.map((answer) => (
            <div key={answer.name}>
              <dt>{answer.name}</dt>
              <dd>{answer.words}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className={classes.part}>
        <h2>How a track travels</h2>
        <ol className={classes.journey}>
          {JOURNEY.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </section>
    </div>
  )
}
