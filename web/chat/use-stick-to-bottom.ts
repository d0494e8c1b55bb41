import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

const NEAR_BOTTOM_PX = 48

interface Sticking {
  scroller: RefObject<HTMLElement | null>
  content: RefObject<HTMLDivElement | null>
  isAtBottom: boolean
  toBottom: () => void
}

/** Keeps a scrolling list at its end while it grows, until the reader scrolls up; it never takes them back. */
export function useStickToBottom(): Sticking {
  const scroller = useRef<HTMLElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const sticks = useRef<boolean>(true)
  const [isAtBottom, setIsAtBottom] = useState(true)

  const toBottom = useCallback(() => {
    const element = scroller.current
    if (element === null) return
    sticks.current = true
    element.scrollTop = element.scrollHeight
  }, [])

  useEffect(() => {
    const element = scroller.current
    const inner = content.current
    if (element === null || inner === null) return undefined
    let lastTop = element.scrollTop
    const note = () => {
      const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_BOTTOM_PX
      // Only who moves up lets go: what grew since the last scrolling is not the reader's doing.
      if (isNear) sticks.current = true
      else if (element.scrollTop < lastTop) sticks.current = false
      lastTop = element.scrollTop
      setIsAtBottom(isNear || sticks.current)
    }
    const growing = new ResizeObserver(() => {
      if (sticks.current) element.scrollTop = element.scrollHeight
    })
    growing.observe(inner)
    // What stands under the list comes and goes, and takes height from it.
    growing.observe(element)
    element.addEventListener('scroll', note, { passive: true })
    return () => {
      growing.disconnect()
      element.removeEventListener('scroll', note)
    }
  }, [])
  return { scroller, content, isAtBottom, toBottom }
}
