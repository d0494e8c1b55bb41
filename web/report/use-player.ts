import { useEffect, useRef, useState } from 'react'
import { type Band, type BandSolo, createBandSolo } from './band-solo.ts'
import type { Timeline } from './timeline.ts'

export interface Player {
  canPlay: boolean
  isPlaying: boolean
  /** The browser holds the file but has no decoder for it. */
  isUnplayable: boolean
  toggle: () => void
  play: () => void
  /** The band that is heard alone; null for everything. */
  soloed: Band | null
  /** Lets a band alone be heard, or everything again. */
  solo: (band: Band | null) => void
}

/** Keeps the timeline's playhead at the audio's place, once per drawn frame, while it plays. */
function followPlayback(audio: HTMLAudioElement, timeline: Timeline): () => void {
  let frame = 0
  const step = () => {
    timeline.follow(audio.currentTime)
    if (!audio.paused) frame = requestAnimationFrame(step)
  }
  const start = () => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(step)
  }
  audio.addEventListener('play', start)
  return () => {
    cancelAnimationFrame(frame)
    audio.removeEventListener('play', start)
  }
}

/** Plays the user's own file, from memory, in step with the timeline. */
export function usePlayer(file: File | undefined, timeline: Timeline): Player {
  const audio = useRef<HTMLAudioElement | null>(null)
  const [isPlaying, setIsPlaying] = useState(false)
  const [isUnplayable, setIsUnplayable] = useState(false)
  const bandSolo = useRef<BandSolo | null>(null)
  const [soloed, setSoloed] = useState<Band | null>(null)

  useEffect(() => {
    if (file === undefined) return undefined
    const url = URL.createObjectURL(file)
    const element = new Audio(url)
    element.preload = 'auto'
    audio.current = element
    bandSolo.current = createBandSolo(element)
    setSoloed(null)
    setIsUnplayable(false)
    const show = () => setIsPlaying(!element.paused)
    element.addEventListener('play', show)
    element.addEventListener('pause', show)
    element.addEventListener('ended', show)
    element.addEventListener('error', () => setIsUnplayable(true))
    element.currentTime = timeline.get().playheadSeconds
    const stopFollowing = followPlayback(element, timeline)
    const stopSeeking = timeline.onSeek((seconds) => {
      element.currentTime = seconds
    })
    return () => {
      stopFollowing()
      stopSeeking()
      element.pause()
      element.removeAttribute('src')
      URL.revokeObjectURL(url)
      audio.current = null
      bandSolo.current?.close()
      bandSolo.current = null
      setIsPlaying(false)
    }
  }, [file, timeline])

  const play = () => {
    audio.current?.play().catch(() => setIsUnplayable(true))
  }
  const toggle = () => {
    if (audio.current?.paused === false) audio.current.pause()
    else play()
  }
  const solo = (band: Band | null) => {
    bandSolo.current?.set(band)
    setSoloed(bandSolo.current === null ? null : band)
  }
  const canPlay = file !== undefined && !isUnplayable
  return { canPlay, isPlaying, isUnplayable, toggle, play, soloed, solo }
}
