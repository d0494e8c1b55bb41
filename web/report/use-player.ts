import { useEffect, useRef, useState } from 'react'
import type { Timeline } from './timeline.ts'

export interface Player {
  canPlay: boolean
  isPlaying: boolean
  /** The browser holds the file but has no decoder for it. */
  isUnplayable: boolean
  toggle: () => void
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

  useEffect(() => {
    if (file === undefined) return undefined
    const url = URL.createObjectURL(file)
    const element = new Audio(url)
    element.preload = 'auto'
    audio.current = element
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
      setIsPlaying(false)
    }
  }, [file, timeline])

  const toggle = () => {
    const element = audio.current
    if (element === null) return
    if (element.paused) element.play().catch(() => setIsUnplayable(true))
    else element.pause()
  }
  return { canPlay: file !== undefined && !isUnplayable, isPlaying, isUnplayable, toggle }
}
