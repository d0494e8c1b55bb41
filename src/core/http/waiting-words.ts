/** A waiting time in the largest unit that says it well. */
export function waitingWords(seconds: number): string {
  const [count, unit] =
    seconds <= 90
      ? [Math.ceil(seconds), 'second']
      : seconds <= 5400
        ? [Math.ceil(seconds / 60), 'minute']
        : [Math.ceil(seconds / 3600), 'hour']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
