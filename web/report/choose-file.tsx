import { Button, FileButton } from '@mantine/core'
import { useState } from 'react'
import type { Analysis } from '../../src/analyses/contract.ts'
import { keepLocalFile } from './local-files.ts'
import classes from './plots.module.css'
import { isSameFile } from './same-file.ts'

/** Says why there is nothing to play yet, and takes the user's file again: it stays in this tab. */
export function ChooseFile({ analysis }: { analysis: Analysis }) {
  const [words, setWords] = useState<string | undefined>(undefined)
  const measured = analysis.rawFiles.find((file) => file.role === 'audio')
  if (analysis.isDemo) {
    return <p className={classes.hint}>The demo track was made on the server and deleted after measuring.</p>
  }

  const take = async (file: File | null) => {
    if (file === null || measured === undefined) return
    setWords('Comparing…')
    if (await isSameFile(file, measured)) keepLocalFile(analysis.id, file)
    else
      setWords(
        `${file.name} is not the file that was measured. Choose ${analysis.audioName ?? 'the same file'}.`,
      )
  }
  return (
    <div className={classes.listen}>
      <FileButton onChange={(file) => void take(file)}>
        {(props) => (
          <Button {...props} variant="default" size="xs">
            Choose the file again to listen
          </Button>
        )}
      </FileButton>
      <span className={classes.hint} role="status">
        {words ?? 'The server keeps no audio. Your file is played from this tab and sent nowhere.'}
      </span>
    </div>
  )
}
