import { Button, useMantineColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { flushSync } from 'react-dom'
import type { Report } from '../../src/report/contract.ts'
import classes from './report.module.css'

/** Hands the report over as a file, just as the API gives it. */
function download(title: string, report: Report): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(report)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${title.replace(/\.[a-z0-9]+$/i, '')} report.json`
  link.click()
  URL.revokeObjectURL(url)
}

/** Paper is light: the page turns light before it is printed, and back afterwards, whoever asked to print. */
function usePaperColors(): void {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const chosen = useRef(colorScheme)
  const isPrinting = useRef(false)
  if (!isPrinting.current) chosen.current = colorScheme
  useEffect(() => {
    const toPaper = () => {
      isPrinting.current = true
      flushSync(() => setColorScheme('light'))
    }
    const back = () => {
      isPrinting.current = false
      setColorScheme(chosen.current)
    }
    window.addEventListener('beforeprint', toPaper)
    window.addEventListener('afterprint', back)
    return () => {
      window.removeEventListener('beforeprint', toPaper)
      window.removeEventListener('afterprint', back)
    }
  }, [setColorScheme])
}

/** The report to take along: as data for other programs, or on paper. */
export function TakeAlong({ title, report }: { title: string; report: Report }) {
  usePaperColors()
  return (
    <section className={classes.takeAlong} aria-label="Take along">
      <Button variant="default" size="xs" onClick={() => download(title, report)}>
        Download the numbers (JSON)
      </Button>
      <Button variant="default" size="xs" onClick={() => window.print()}>
        Print
      </Button>
      {report.sha256 !== undefined && (
        <p className="muted small">
          Engine {report.engine.version}, SHA-256 of the numbers <code>{report.sha256.slice(0, 16)}…</code>
        </p>
      )}
    </section>
  )
}
