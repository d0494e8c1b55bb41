import type { Report } from '../report/contract.ts'

const MOST_RULES = 5

/** Its meter and its tracks, counted by kind. */
export function aboutSet(report: Report): string {
  const { set } = report
  if (!set) return 'No Live set was sent, so its tracks and devices are not known to me.'
  const counts = ['audio', 'midi', 'group', 'return'] as const
  const kinds = counts
    .map((kind) => `${set.tracks.filter((track) => track.kind === kind).length} ${kind}`)
    .join(', ')
  return `The Live set is in ${set.timeSignature ?? 'no stored time signature'} and has these tracks: ${kinds}.`
}

/** What the set check found, most serious first: the rule, where, and why. Names are ids here; the page shows them. */
export function aboutSetCheck({ preflight }: Report): string {
  if (!preflight) return 'No Live set was sent, so there is none to check.'
  const byRule = [...Map.groupBy(preflight.results, ({ rule }) => rule).values()]
  const worth = byRule.flatMap(([first]) => (first && first.severity !== 'info' ? [first] : []))
  if (worth.length === 0) return 'The set check found nothing to change before export.'
  const lines = worth.slice(0, MOST_RULES).map(({ rule, title, reason, place: { trackIndex, bar } }) => {
    const places = [trackIndex !== null && `T${trackIndex + 1}`, bar !== null && `bar ${bar}`].filter(Boolean)
    const where = places.length === 0 ? '' : ` (${places.join(', ')})`
    return `- **${title}** [preflight.${rule}]${where}. ${reason}`
  })
  const left = worth.length - lines.length
  const more = left === 0 ? '' : `\n\nThe set check on this page has ${left} more.`
  return `Before export I would look at this in the set:\n${lines.join('\n')}${more}`
}
