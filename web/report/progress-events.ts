import { useEffect, useState } from 'react'
import { progressEventSchema } from '../../src/analyses/contract.ts'
import { noteProgress, refreshAnalysis } from './analyses.ts'

const RETRY_MS = 3000

/**
 * Listens to an analysis while it is under way. The browser reconnects by itself after a cut; where the server
 * refuses instead, the analysis is read again and another try follows.
 * @returns whether the line is down at the moment
 */
export function useProgressEvents(id: string, isUnderWay: boolean): boolean {
  const [isCut, setIsCut] = useState(false)
  useEffect(() => {
    if (!isUnderWay) return undefined
    let source: EventSource | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const listen = () => {
      const events = new EventSource(`/api/analyses/${id}/events`)
      source = events
      events.addEventListener('open', () => setIsCut(false))
      events.addEventListener('progress', (event) => {
        const summary = progressEventSchema.parse(JSON.parse(event.data))
        if (summary.state === 'done' || summary.state === 'failed') events.close()
        noteProgress(summary)
      })
      events.addEventListener('error', () => {
        setIsCut(true)
        if (events.readyState !== EventSource.CLOSED) return
        refreshAnalysis(id)
        timer = setTimeout(listen, RETRY_MS)
      })
    }
    listen()
    return () => {
      clearTimeout(timer)
      source?.close()
      setIsCut(false)
    }
  }, [id, isUnderWay])
  return isCut
}
