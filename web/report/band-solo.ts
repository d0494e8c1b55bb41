/** A band of frequencies to listen to alone. */
export interface Band {
  fromHz: number
  toHz: number
}

/** Two of these in a row make a Butterworth filter of the fourth order: 24 dB per octave. Source: Q = 1/(2·cos(π/8)), 1/(2·cos(3π/8)). */
const BUTTERWORTH_Q = [0.541, 1.307] as const
/** The lowest edge that a filter is worth. */
const LOWEST_HZ = 20

export interface BandSolo {
  /** Lets a band alone be heard, or everything again. The sound stays in this tab. */
  set: (band: Band | null) => void
  close: () => void
}

/** Routes what an element plays through filters of the browser, from the first band on. Call `set` upon a gesture. */
export function createBandSolo(element: HTMLAudioElement): BandSolo {
  let audio: { context: AudioContext; source: MediaElementAudioSourceNode } | undefined
  let filters: BiquadFilterNode[] = []

  const open = () => {
    if (audio !== undefined) return audio
    const context = new AudioContext()
    audio = { context, source: context.createMediaElementSource(element) }
    return audio
  }
  const filter = (context: AudioContext, type: BiquadFilterType, hz: number) =>
    BUTTERWORTH_Q.map((q) => new BiquadFilterNode(context, { type, frequency: hz, Q: 20 * Math.log10(q) }))

  return {
    set: (band) => {
      if (band === null && audio === undefined) return
      const { context, source } = open()
      source.disconnect()
      for (const each of filters) each.disconnect()
      const top = context.sampleRate / 2
      filters =
        band === null
          ? []
          : [
              ...(band.fromHz > LOWEST_HZ ? filter(context, 'highpass', band.fromHz) : []),
              ...(band.toHz < top ? filter(context, 'lowpass', band.toHz) : []),
            ]
      let last: AudioNode = source
      for (const each of filters) last = last.connect(each)
      last.connect(context.destination)
      void context.resume()
    },
    close: () => {
      void audio?.context.close()
      audio = undefined
    },
  }
}
