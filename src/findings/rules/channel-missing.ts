import { say } from '../in-words.ts'
import { advise, beyond, type Rule, type Threshold } from '../rule.ts'

const NONE: Threshold = {
  value: 0,
  unit: 'channels',
  provenance: 'standard',
  source: 'a stereo file holds two signals; 90 dB below the other is none',
}

/** A channel without sound beside one with sound. */
export const channelMissing: Rule = {
  id: 'channel-missing',
  area: 'technical',
  judge({ audio }) {
    const silent = audio.faults?.silentChannels ?? []
    const [first] = silent
    if (first === undefined) return null
    const name = audio.source.channels === 2 ? (first === 0 ? 'left' : 'right') : `number ${first + 1}`
    return {
      severity: 'severe',
      title: `The ${name} channel is silent`,
      words: `${say(silent.length, 0)} of ${audio.source.channels} channels hold no sound while others do.`,
      evidence: [beyond('faults.silentChannels', 'Silent channels', silent.length, NONE, 'at most')],
      remedy:
        'Look for a hard-panned or muted side on the master, a mono cable in the recording, or an export of one channel; then export again.',
      advice: advise('faults.silentChannels', 'Silent channels', 'channels', null, -silent.length),
      check: 'Analyse the new export: no silent channel, balance near 0 dB.',
    }
  },
}
