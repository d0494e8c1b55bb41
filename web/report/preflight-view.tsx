import type {
  Preflight,
  PreflightResult,
  PreflightSeverity,
  PreflightValue,
} from '../../src/preflight/contract.ts'
import { countOf, formatSigned } from '../ui/format.ts'
import classes from './preflight.module.css'

const SEVERITY_WORDS: Record<PreflightSeverity, string> = {
  serious: 'Spoils the export',
  warning: 'Look at this',
  advice: 'Advice',
  info: 'To know',
}
const PROVENANCE_WORDS = { standard: 'standard', practice: 'common practice', opinion: 'opinion' } as const
/** More places of one rule are folded away. */
const SHOWN_PLACES = 3

interface PreflightViewProps {
  preflight: Preflight
  onShow: (result: PreflightResult) => void
}

interface Group {
  first: PreflightResult
  results: PreflightResult[]
}

/** Results of one rule and weight stand together; the order of severity stays. */
function grouped(results: readonly PreflightResult[]): Group[] {
  const groups = new Map<string, Group>()
  for (const result of results) {
    const key = `${result.severity} ${result.rule}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { first: result, results: [result] })
    else group.results.push(result)
  }
  return [...groups.values()]
}

function valueText({ value, unit }: PreflightValue): string {
  if (typeof value === 'number' && unit === 'dB') return `${formatSigned(value, 1)} dB`
  const text = typeof value === 'number' ? String(value).replace('-', '−') : String(value)
  return unit === '' ? text : `${text} ${unit}`
}

function placeText({ place }: PreflightResult): string {
  const track = place.trackIndex === null ? null : place.trackName || `track ${place.trackIndex + 1}`
  const bar = place.bar === null ? null : `bar ${place.bar}.${Math.floor(place.beatInBar ?? 1)}`
  return [track, place.deviceName, place.clipName, bar]
    .filter((part) => part !== null && part !== '')
    .join(' · ')
}

function Place({ result, onShow }: { result: PreflightResult; onShow: PreflightViewProps['onShow'] }) {
  const { present, proposed, place } = result
  const where = placeText(result)
  const values = [present, proposed]
    .flatMap((value) => (value === null ? [] : [valueText(value)]))
    .join(' → ')
  return (
    <li className={classes.place}>
      {where === '' ? (
        <span>Whole set</span>
      ) : place.trackIndex === null && place.beat === null ? (
        <span>{where}</span>
      ) : (
        <button type="button" onClick={() => onShow(result)}>
          {where}
        </button>
      )}
      {values !== '' && <span className={classes.values}>{values}</span>}
    </li>
  )
}

function Rule({
  group,
  found,
  onShow,
}: {
  group: Group
  found: number
  onShow: PreflightViewProps['onShow']
}) {
  const { first, results } = group
  const doubt = first.doubt === null ? '' : ` ${first.doubt}`
  const sureness =
    first.sureness === 'certain' ? '' : ` ${first.sureness === 'likely' ? 'Likely.' : 'Possible.'}`
  const folded = results.slice(SHOWN_PLACES)
  return (
    <li className={classes.rule} id={`preflight.${first.rule}`} tabIndex={-1}>
      <p className={classes.title}>
        <span className={classes.severity} data-severity={first.severity}>
          {SEVERITY_WORDS[first.severity]}
        </span>{' '}
        {first.title}
      </p>
      <p className={classes.reason}>
        {first.reason}
        {sureness}
        {doubt}{' '}
        <span className={classes.source}>
          ({PROVENANCE_WORDS[first.provenance]}: {first.source})
        </span>
      </p>
      <ul className={classes.places}>
        {results.slice(0, SHOWN_PLACES).map((result, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: results never change
          <Place key={index} result={result} onShow={onShow} />
        ))}
      </ul>
      {folded.length > 0 && (
        <details className={classes.more}>
          <summary>{countOf(folded.length, 'more place', 'more places')}</summary>
          <ul className={classes.places}>
            {folded.map((result, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: results never change
              <Place key={index} result={result} onShow={onShow} />
            ))}
          </ul>
          {found > results.length && (
            <p>{countOf(found - results.length, 'more is', 'more are')} not listed.</p>
          )}
        </details>
      )}
    </li>
  )
}

/** What the set alone says before anything is heard; each place leads to its bar and track. */
export function PreflightView({ preflight, onShow }: PreflightViewProps) {
  const groups = grouped(preflight.results)
  const clear = preflight.rules.filter(({ outcome }) => outcome === 'clear')
  const idle = preflight.rules.length - clear.length - new Set(preflight.results.map(({ rule }) => rule)).size
  return (
    <section aria-labelledby="preflight-title" id="preflight" tabIndex={-1}>
      <h2 id="preflight-title" className={classes.heading}>
        Set check
      </h2>
      <p className="muted small">
        From the Live set alone: {preflight.rules.length} rules asked, {clear.length} found nothing
        {idle > 0 && `, ${idle} had nothing to judge`}.
      </p>
      {groups.length === 0 ? (
        <p>Nothing to object to.</p>
      ) : (
        <ul className={classes.rules}>
          {groups.map((group) => (
            <Rule
              key={`${group.first.severity} ${group.first.rule}`}
              group={group}
              found={preflight.rules.find(({ id }) => id === group.first.rule)?.found ?? 0}
              onShow={onShow}
            />
          ))}
        </ul>
      )}
    </section>
  )
}
