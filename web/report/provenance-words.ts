import type { Provenance } from '../../src/report/contract.ts'
import { formatNumber } from '../ui/format.ts'

const bpm = (tempoBpm: number) => `${formatNumber(tempoBpm, 1)} BPM`

/** Where the tempo comes from, and what was heard where that is something else. */
export function tempoSourceWords(tempo: Provenance['tempo']): string {
  const { source, heardBpm, setBpm, setAgrees } = tempo
  const heard = heardBpm === null ? 'no tempo was heard' : `heard: ${bpm(heardBpm)}`
  if (source === 'user') return `Corrected by you; ${heard}.`
  if (source === 'set') return `From your Live set; ${heard}.`
  if (setAgrees === false && setBpm !== null)
    return `Your Live set says ${bpm(setBpm)}, which the audio contradicts: what is heard counts here.`
  return ''
}

export function keySourceWords({ source, heardKey }: Provenance['key']): string {
  return source === 'user' ? `Corrected by you; heard: ${heardKey ?? 'no clear key'}.` : ''
}
