/** Units by the end of a key, the longer before the shorter: units stand last in names. */
const byEnding: readonly (readonly [RegExp, string])[] = [
  [/LufsMax$|Lufs$/, 'LUFS'],
  [/Lu$/, 'LU'],
  [/Dbtp$/, 'dBTP'],
  [/Dbfs$/, 'dBFS'],
  [/DbPerOctave$/, 'dB/octave'],
  [/Db$|^db$/, 'dB'],
  [/Hz$/, 'Hz'],
  [/Bpm$/, 'BPM'],
  [/Seconds$|^seconds$/, 's'],
  [/Ms$|^milliseconds$/, 'ms'],
  [/Cents$|^cents$/, 'cents'],
  [/Semitones$/, 'st'],
  [/Percent$|^percent$|^percentile$/, '%'],
  [/(^s|S)hare$|(^c|C)onfidence$|(^p|P)robability$|likelihood$|^overlap$/, 'share'],
  [/Beats$|beatsPerBar$|BeatsPerBar$/, 'beats'],
  [/(^b|B)ar$/, 'bar'],
  [/(^b|B)ars$/, 'bars'],
  [/PerMinute$/, 'per minute'],
  [/PerSecond$/, 'per second'],
  [/(^b|B)itDepth$|usedBits$/, 'bit'],
  [/(^s|S)amples$/, 'samples'],
]

/** Numbers that are differences or gains: said with a sign or with words such as "down by". */
const differences =
  /(^|\.)(comparison|changes)\.|gainDb$|headroomDb$|overshootDb$|monoLossDb$|balanceDb$|energyDb$|loudnessLu$|tuningCents$|cents$|depthDb$|contrastDb$/i

export function unitOfPath(path: string): string {
  const key =
    path
      .replace(/\[\d+\]$/, '')
      .split(/[.[\]]/)
      .findLast((part) => part !== '' && !/^\d+$/.test(part)) ?? ''
  return byEnding.find(([ending]) => ending.test(key))?.[1] ?? ''
}

export function isDifference(path: string): boolean {
  return differences.test(path)
}

/** Rounded as it is told: finer digits say nothing and cost a lot. */
export function roundFor(unit: string, value: number): number {
  if (Number.isInteger(value)) return value
  if (unit === 'Hz') return value >= 1000 ? Math.round(value / 10) * 10 : Math.round(value)
  const digits = unit === 'share' || unit === '' ? 3 : unit === '%' ? 1 : 2
  return Number(value.toFixed(digits))
}
