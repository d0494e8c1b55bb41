/** A generated track counts as many recorded ones at most. */
const MOST = 3

/**
 * What each excerpt counts: every track the same, however many excerpts it has; generated tracks together as much as
 * recorded ones together, as far as there are enough of them.
 */
export function trackWeights(tracks: readonly string[]): number[] {
  const counts = new Map<string, number>()
  for (const track of tracks) counts.set(track, (counts.get(track) ?? 0) + 1)
  const isGenerated = (track: string) => track.startsWith('synth-')
  const generated = [...counts.keys()].filter(isGenerated).length
  const factor = generated === 0 ? 1 : Math.min(MOST, (counts.size - generated) / generated)
  return tracks.map((track) => (isGenerated(track) ? factor : 1) / (counts.get(track) ?? 1))
}
