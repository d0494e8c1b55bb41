import type { CulpritTrial, MatchTrial } from './trials.ts'

const percent = (part: number, all: number) => (all === 0 ? '–' : `${((100 * part) / all).toFixed(1)} %`)

/** How often the guilty track comes first, and among the first three, by kind and by whether the set shows the cause. */
export function culpritTable(trials: readonly CulpritTrial[]): string {
  const kinds = [...new Set(trials.map(({ kind }) => kind))]
  const rows = [
    ...kinds.map((kind) => ({ name: kind, list: trials.filter((trial) => trial.kind === kind) })),
    { name: 'all', list: trials },
  ]
  const cells = (list: readonly CulpritTrial[]) => {
    const firsts = list.filter((trial) => rankOf(trial) === 0).length
    const threes = list.filter((trial) => rankOf(trial) >= 0 && rankOf(trial) < 3).length
    return [percent(firsts, list.length), percent(threes, list.length), String(list.length)]
  }
  const lines = rows.map(({ name, list }) => [
    name,
    ...cells(list.filter(({ shownBySet }) => shownBySet)),
    ...cells(list.filter(({ shownBySet }) => !shownBySet)),
    ...cells(list),
  ])
  const head = ['defect', 'shown 1st', 'top 3', 'n', 'hidden 1st', 'top 3', 'n', 'all 1st', 'top 3', 'n']
  return aligned([head, ...lines])
}

export function rankOf({ suspects }: CulpritTrial): number {
  return [...suspects].sort((a, b) => b.likelihood - a.likelihood).findIndex(({ guilty }) => guilty)
}

/** How far the stated likelihood of the first can be trusted, and what naming nobody below the limit leaves. */
export function trustTable(trials: readonly CulpritTrial[]): string {
  const likelihoodOf = ({ suspects }: CulpritTrial) =>
    Math.max(...suspects.map(({ likelihood }) => likelihood))
  const steps = [0, 0.4, 0.6, 0.8, 0.95, 1.01]
  const lines = steps.slice(0, -1).map((from, i) => {
    const list = trials.filter(
      (trial) => likelihoodOf(trial) >= from && likelihoodOf(trial) < (steps[i + 1] ?? 2),
    )
    const right = list.filter((trial) => rankOf(trial) === 0).length
    return [
      `${from.toFixed(2)}–${Math.min(1, steps[i + 1] ?? 1).toFixed(2)}`,
      percent(right, list.length),
      String(list.length),
    ]
  })
  return aligned([['likelihood of the first', 'right', 'n'], ...lines])
}

/** Area under the curve of matches against each kind of mismatch, and what the verdicts come to. */
export function matchTable(trials: readonly MatchTrial[]): string {
  const matches = trials.filter(({ story }) => story === 'match')
  const wrong = trials.filter(({ story }) => story !== 'match')
  const stories = [...new Set(wrong.map(({ story }) => story))]
  const rows = [
    ...stories.map((story) => ({ name: story, list: wrong.filter((trial) => trial.story === story) })),
    { name: 'all mismatches', list: wrong },
  ]
  const verdicts = (list: readonly MatchTrial[]) => [
    percent(list.filter(({ probability }) => probability >= 0.75).length, list.length),
    percent(list.filter(({ probability }) => probability > 0.25 && probability < 0.75).length, list.length),
    percent(list.filter(({ probability }) => probability <= 0.25).length, list.length),
    String(list.length),
  ]
  const lines = rows.map(({ name, list }) => [
    name,
    areaUnderCurve(matches, list).toFixed(3),
    ...verdicts(list),
  ])
  return aligned([
    ['mismatch', 'ROC AUC', 'yes', 'perhaps', 'no', 'n'],
    ...lines,
    ['match', '', ...verdicts(matches)],
  ])
}

/** Chance that a match is given a higher probability than a mismatch; ties count half. */
export function areaUnderCurve(matches: readonly MatchTrial[], others: readonly MatchTrial[]): number {
  let sum = 0
  for (const match of matches)
    for (const other of others)
      sum += match.probability > other.probability ? 1 : match.probability === other.probability ? 0.5 : 0
  return sum / Math.max(1, matches.length * others.length)
}

/** How exactly the start of the bounce was found on the time line of the set. */
export function offsetTable(trials: readonly MatchTrial[]): string {
  const errors = trials.flatMap(({ offsetErrorSeconds }) =>
    offsetErrorSeconds === null ? [] : [Math.abs(offsetErrorSeconds)],
  )
  const within = (seconds: number) =>
    percent(errors.filter((error) => error <= seconds).length, errors.length)
  return aligned([
    ['start of the bounce', 'within 5 ms', '30 ms', '200 ms', 'n'],
    ['', within(0.005), within(0.03), within(0.2), String(errors.length)],
  ])
}

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  )
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd((widths[column] ?? 0) + 2))
        .join('')
        .trimEnd(),
    )
    .join('\n')
}
