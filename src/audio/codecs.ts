import type { Delivery } from './contract.ts'

type Status = Delivery['platforms'][number]['status']

/** A lossy codec as platforms use it, and how ffmpeg makes and reads it. */
export interface Codec {
  id: 'aac-256' | 'vorbis-160' | 'opus-128' | 'mp3-320' | 'mp3-128'
  name: string
  /** What becomes of the samples: encoder and its options. */
  encoder: readonly string[]
  /** Stream format between encoder and decoder, as ffmpeg's muxer and as its demuxer call it. */
  muxer: string
  demuxer: string
  /** Always one that delivers floating point, so that what exceeds full scale is seen. */
  decoder: string
  /** The codec knows no other sample rate. */
  onlyRateHz: number | null
  /** What encoder and decoder put before the first sample and the stream does not tell. */
  delayFrames: number
  usedBy: readonly { platform: string; status: Status }[]
}

/**
 * Bitrates that platforms are known to play. YouTube's and SoundCloud's are reported by others, the rest stand in the
 * platforms' own help pages as quoted by others: nobody publishes encoder and settings.
 */
export const CODECS: readonly Codec[] = [
  {
    id: 'aac-256',
    name: 'AAC, 256 kbit/s',
    // The slower search of this encoder overshoots by more than a decibel where no other AAC encoder does.
    encoder: ['aac', '-aac_coder', 'fast', '-b:a', '256k'],
    muxer: 'adts',
    demuxer: 'aac',
    decoder: 'aac',
    onlyRateHz: null,
    delayFrames: 1024,
    usedBy: [{ platform: 'Apple Music', status: 'third-party' }],
  },
  {
    id: 'vorbis-160',
    name: 'Ogg Vorbis, about 160 kbit/s',
    encoder: ['libvorbis', '-q:a', '5'],
    muxer: 'ogg',
    demuxer: 'ogg',
    decoder: 'vorbis',
    onlyRateHz: null,
    delayFrames: 0,
    usedBy: [{ platform: 'Spotify', status: 'third-party' }],
  },
  {
    id: 'opus-128',
    name: 'Opus, about 128 kbit/s',
    encoder: ['libopus', '-b:a', '128k'],
    muxer: 'ogg',
    demuxer: 'ogg',
    decoder: 'opus',
    onlyRateHz: 48_000,
    delayFrames: 0,
    usedBy: [{ platform: 'YouTube', status: 'third-party' }],
  },
  {
    id: 'mp3-320',
    name: 'MP3, 320 kbit/s',
    encoder: ['libmp3lame', '-b:a', '320k'],
    muxer: 'mp3',
    demuxer: 'mp3',
    decoder: 'mp3float',
    onlyRateHz: null,
    delayFrames: 1105,
    usedBy: [{ platform: 'Deezer', status: 'third-party' }],
  },
  {
    id: 'mp3-128',
    name: 'MP3, 128 kbit/s',
    encoder: ['libmp3lame', '-b:a', '128k'],
    muxer: 'mp3',
    demuxer: 'mp3',
    decoder: 'mp3float',
    onlyRateHz: null,
    delayFrames: 1105,
    usedBy: [{ platform: 'SoundCloud', status: 'third-party' }],
  },
]

/** Lower rates leave some of these codecs without the bitrate that is asked of them. */
const LOWEST_RATE_HZ = 32_000
const DELIVERED_RATES_HZ = [32_000, 44_100, 48_000]

/** The rate a codec gets the track at: its own where platforms deliver it, else that of its family. Null below 32 kHz. */
export function encodedRateHz(codec: Codec, sampleRateHz: number): number | null {
  if (sampleRateHz < LOWEST_RATE_HZ) return null
  if (codec.onlyRateHz !== null) return codec.onlyRateHz
  if (DELIVERED_RATES_HZ.includes(sampleRateHz)) return sampleRateHz
  return sampleRateHz % 44_100 === 0 ? 44_100 : 48_000
}
