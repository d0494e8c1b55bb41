import { Button, FileButton } from '@mantine/core'
import { useState } from 'react'
import type { Analysis } from '../../src/analyses/contract.ts'
import { keepLocalFile } from './local-files.ts'
import classes from './plots.module.css'
import { isSameFile } from './same-file.ts'

const NOTHING_KEPT = 'The server keeps no audio. Your file is played from this tab and sent nowhere.'
const DEMO_KEPT = 'The demo track comes with the app; the copy that was measured is deleted.'

/** The demo track as the app brings it along; undefined where this installation has none. */
async function fetchDemoTrack(name: string): Promise<File | undefined> {
  const response = await fetch(`/demo/${encodeURIComponent(name)}`).catch(() => undefined)
  if (response?.ok !== true) return undefined
  return new File([await response.blob()], name)
}

/** Says why there is nothing to play yet, and takes the user's file again: it stays in this tab. */
export function ChooseFile({ analysis }: { analysis: Analysis }) {
  const [words, setWords] = useState<string | null>(null)
  const measured = analysis.rawFiles.find((file) => file.role === 'audio')
  const name = analysis.audioName ?? 'the same file'

  const take = async (file: File | null | undefined) => {
    if (file === null || file === undefined || measured === undefined) return
    setWords('Comparing…')
    if (await isSameFile(file, measured)) keepLocalFile(analysis.id, file)
    else setWords(`${file.name} is not the file that was measured. Choose ${name}.`)
  }
  const takeDemo = async () => {
    setWords('Fetching…')
    const file = await fetchDemoTrack(name)
    if (file === undefined) setWords('The demo track is not installed here.')
    else await take(file)
  }
  return (
    <div className={classes.listen}>
      {analysis.isDemo ? (
        <Button variant="default" size="xs" onClick={() => void takeDemo()}>
          Fetch the demo track to listen
        </Button>
      ) : (
        <FileButton onChange={(file) => void take(file)} inputProps={{ 'aria-label': `Choose ${name}` }}>
          {(props) => (
            <Button {...props} variant="default" size="xs">
              Choose the file again to listen
            </Button>
          )}
        </FileButton>
      )}
      <span className={classes.hint} role="status">
        {words ?? (analysis.isDemo ? DEMO_KEPT : NOTHING_KEPT)}
      </span>
    </div>
  )
}
