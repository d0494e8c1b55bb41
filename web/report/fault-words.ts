import type { EventList, Faults } from '../../src/audio/contract.ts'
import type { Report } from '../../src/report/contract.ts'
import { countOf, formatHz, formatNumber, formatTime } from '../ui/format.ts'

/** A fault in plain words, with its path in the report. */
export interface FaultWords {
  path: string
  words: string
}

/** Below −46 dB of full scale an offset neither costs headroom nor clicks at cuts; a rule of thumb. */
const NOTABLE_OFFSET = 0.005
const NOTABLE_HEAD_SECONDS = 1
const NOTABLE_TAIL_SECONDS = 5
const SHORT_BITS = 16

const percent = (share: number) => `${formatNumber(share * 100, 1)} %`

function placed(list: EventList, one: string, many: string): string {
  const at = list.events.slice(0, 3).map((event) => formatTime(event.startSeconds, 1))
  const places = at.length === 0 ? '' : ` at ${at.join(', ')}${list.count > at.length ? ' and later' : ''}`
  return `${countOf(list.count, one, many)}${places}`
}

function ofFile(faults: Faults, bitDepth: number | null): (FaultWords | false)[] {
  const offset = Math.max(0, ...faults.dcOffsets.map(Math.abs))
  const { hum, usedBits } = faults
  return [
    faults.silentChannels.length > 0 && {
      path: 'faults.silentChannels',
      words: `Channel ${faults.silentChannels.map((channel) => channel + 1).join(', ')} is silent beside the others.`,
    },
    offset >= NOTABLE_OFFSET && {
      path: 'faults.dcOffsets',
      words: `The wave stands ${percent(offset)} of full scale off its middle (DC offset): headroom is lost.`,
    },
    hum !== null && {
      path: 'faults.hum',
      words: `A steady hum of ${formatHz(hum.frequencyHz)} with harmonics, at ${formatNumber(hum.levelDbfs, 0)} dBFS.`,
    },
    usedBits !== null &&
      bitDepth !== null &&
      usedBits > 0 &&
      usedBits < bitDepth &&
      bitDepth > SHORT_BITS && {
        path: 'faults.usedBits',
        words: `Stored with ${bitDepth} bits, but only ${usedBits} of them are ever used.`,
      },
  ]
}

function inTime(faults: Faults): (FaultWords | false)[] {
  return [
    faults.clicks.count > 0 && {
      path: 'faults.clicks',
      words: `${placed(faults.clicks, 'click', 'clicks')}: single samples out of line.`,
    },
    faults.dropouts.count > 0 && {
      path: 'faults.dropouts',
      words: `${placed(faults.dropouts, 'dropout', 'dropouts')}: holes of exact silence in the middle of sound.`,
    },
    faults.headSilenceSeconds >= NOTABLE_HEAD_SECONDS && {
      path: 'faults.headSilenceSeconds',
      words: `It begins with ${formatNumber(faults.headSilenceSeconds, 1)} s of silence.`,
    },
    faults.tailSilenceSeconds >= NOTABLE_TAIL_SECONDS && {
      path: 'faults.tailSilenceSeconds',
      words: `It ends with ${formatNumber(faults.tailSilenceSeconds, 1)} s of silence.`,
    },
    faults.endsAbruptly === true && {
      path: 'faults.endsAbruptly',
      words: 'It is still loud in its last 20 ms: the ending may be cut off.',
    },
  ]
}

function elsewhere(report: Report): (FaultWords | false)[] {
  const lossy = report.spectrum?.lossySource
  const converted = report.spectrum?.upsampledFrom
  return [
    converted !== undefined &&
      converted !== null && {
        path: 'spectrum.upsampledFrom',
        words: `Above ${formatHz(converted.edgeHz)} there is nothing: probably converted from ${formatHz(converted.sampleRateHz)}, so the higher rate adds nothing.`,
      },
    lossy?.suspected === true &&
      lossy.edgeHz !== null && {
        path: 'spectrum.lossySource',
        words: `Above ${formatHz(lossy.edgeHz)} the sound breaks off as lossy coders leave it: perhaps made from an MP3 or the like.`,
      },
    report.stereo?.inverted === true && {
      path: 'stereo.inverted',
      words: 'One channel is the other upside down: in mono the track vanishes.',
    },
    report.stereo?.dualMono === true && {
      path: 'stereo.dualMono',
      words: 'Both channels are the same: a mono track in a stereo file.',
    },
  ]
}

/** What is wrong with the file itself, in plain words; empty when nothing was found. */
export function faultsFound(report: Report, faults: Faults): FaultWords[] {
  return [...ofFile(faults, report.source?.bitDepth ?? null), ...inTime(faults), ...elsewhere(report)].filter(
    (fault) => fault !== false,
  )
}
