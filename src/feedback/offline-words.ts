import type { Finding } from '../findings/contract.ts'
import type { Report } from '../report/contract.ts'

/** A number as it is written, with its unit and its reference. */
export function number(value: number | null | undefined, unit: string, path: string, decimals = 1): string {
  if (value === null || value === undefined) return `not measurable [${path}]`
  const text = value.toFixed(decimals).replace(/^-/, '−')
  return `${text}${unit ? ` ${unit}` : ''} [${path}]`
}

/** m:ss, as the page's time axis writes it. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds + 0.5)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** Where a finding is first: its time and, where they are known, its bars. */
export function atPlace({ place }: Finding): string {
  const [time] = place.times
  const [bars] = place.bars ?? []
  if (time === undefined) return ''
  const more = place.times.length > 1 ? ` and ${place.times.length - 1} more` : ''
  const barWords =
    bars === undefined
      ? ''
      : bars.from === bars.to
        ? ` (bar ${bars.from})`
        : ` (bars ${bars.from}–${bars.to})`
  return ` at ${clock(time.startSeconds)}${barWords}${more === '' ? '' : ' and elsewhere'}`
}

/** The likeliest track and device behind a finding, by their ids: the page shows the names. */
export function causeWords(report: Report, finding: Finding): string | null {
  const [cause] = finding.causes
  if (!cause || report.set === null) return null
  const device = cause.change?.deviceNumber ?? null
  return `Likeliest behind it: T${cause.trackIndex + 1}${device === null ? '' : `, D${device}`}.`
}
