/** A number as it is read in a sentence, with a true minus sign. */
export function say(value: number, digits = 1): string {
  return value
    .toFixed(digits)
    .replace(/^-/, '−')
    .replace(/^−(0(\.0+)?)$/, '$1')
}

export function clock(seconds: number): string {
  const whole = Math.floor(seconds)
  return `${Math.floor(whole / 60)}:${(whole % 60).toString().padStart(2, '0')}`
}

export function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

export function isMix({ kind }: { kind: 'mix' | 'master' | null }): boolean {
  return kind === 'mix'
}

const MINUTE = 60
export function perMinute(count: number, durationSeconds: number): number {
  return (count * MINUTE) / Math.max(1, durationSeconds)
}
