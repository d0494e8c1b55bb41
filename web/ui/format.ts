/** Keeps a number and its unit on one line. */
const NO_BREAK = '\u00a0'
const MINUS = '−'
const DASH = '–'
const BYTES_PER_STEP = 1000
const BYTE_UNITS = ['bytes', 'kB', 'MB', 'GB'] as const
const SECONDS_PER_MINUTE = 60
const SECONDS_PER_HOUR = 3600

const dateFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' })
const timeFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const secondFormat = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** A number with a true minus sign, so that signs line up with figures. */
export function formatNumber(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals)
  return value < 0 && Number(text) !== 0 ? `${MINUS}${text}` : text
}

/** As formatNumber, with a plus sign before positive values: for offsets and margins. */
export function formatSigned(value: number, decimals: number): string {
  return value > 0 && Number(value.toFixed(decimals)) !== 0
    ? `+${formatNumber(value, decimals)}`
    : formatNumber(value, decimals)
}

/** Sizes in decimal units, as file managers and offers show them: 20 000 000 → "20 MB". */
export function formatBytes(bytes: number): string {
  let value = bytes
  let step = 0
  while (value >= BYTES_PER_STEP && step < BYTE_UNITS.length - 1) {
    value /= BYTES_PER_STEP
    step += 1
  }
  const decimals = step > 1 && value < 100 && !Number.isInteger(value) ? 1 : 0
  return `${value.toFixed(decimals)}${NO_BREAK}${BYTE_UNITS[step] ?? 'bytes'}`
}

/** A place or length in a track: 272.4 → "4:32"; with decimals 1 → "4:32.4". */
export function formatTime(seconds: number, decimals = 0): string {
  const scale = 10 ** decimals
  const rounded = (decimals === 0 ? Math.floor(seconds) : Math.round(seconds * scale) / scale) || 0
  const hours = Math.floor(rounded / SECONDS_PER_HOUR)
  const minutes = Math.floor((rounded % SECONDS_PER_HOUR) / SECONDS_PER_MINUTE)
  const rest = (rounded % SECONDS_PER_MINUTE).toFixed(decimals).padStart(decimals > 0 ? decimals + 3 : 2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

/** A length for reading, not for pointing: 600 → "10 minutes", 5400 → "90 minutes". */
export function formatMinutes(seconds: number): string {
  const minutes = Math.round(seconds / SECONDS_PER_MINUTE)
  return minutes === 1 ? `1${NO_BREAK}minute` : `${minutes}${NO_BREAK}minutes`
}

export function formatDate(instant: string): string {
  return dateFormat.format(new Date(instant))
}

export function formatDay(instant: string): string {
  return dayFormat.format(new Date(instant))
}

export function formatDateTime(instant: string): string {
  const date = new Date(instant)
  return `${dateFormat.format(date)}, ${timeFormat.format(date)}`
}

export function formatDateTimeSeconds(instant: string): string {
  const date = new Date(instant)
  return `${dateFormat.format(date)}, ${secondFormat.format(date)}`
}

/** Frequencies as engineers write them: 60 Hz, 2 kHz, 12.5 kHz. */
export function formatHz(hz: number): string {
  return hz >= 1000 ? `${Number((hz / 1000).toFixed(1))} kHz` : `${Math.round(hz)} Hz`
}

/** Two frequencies sharing their unit where they can: 20–60 Hz, 500 Hz–2 kHz, 2–6 kHz. */
export function formatHzRange(fromHz: number, toHz: number): string {
  const from = formatHz(fromHz)
  const to = formatHz(toHz)
  const [fromValue, fromUnit] = from.split(' ')
  return fromUnit === to.split(' ')[1] ? `${fromValue}${DASH}${to}` : `${from}${DASH}${to}`
}

export function countOf(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}

/** A word or phrase as the beginning of a line: "measuring the mix" → "Measuring the mix". */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
