import { Modal, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import { claudeViewSchema } from '../../src/feedback/contract.ts'
import { request } from '../api/request.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { formatBytes, formatDateTime } from '../ui/format.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Waiting } from '../ui/waiting.tsx'
import classes from './chat.module.css'

type View = z.infer<typeof claudeViewSchema>

/** A text Claude was given, or would be. */
interface Seen {
  label: string
  words: string
  block: Pick<View, 'json' | 'sha256' | 'sizeBytes'>
}

/** What was sent, the last one first, and what would be sent now where that is another text. */
function seenOf({ sent, next }: View): Seen[] {
  const before = sent.map((block, index) => ({
    label: `${index === 0 ? 'Sent last' : 'Sent before'}, ${formatDateTime(block.lastSentAt)}`,
    words:
      block.sentAt === block.lastSentAt
        ? `Sent ${formatDateTime(block.sentAt)}.`
        : `First sent ${formatDateTime(block.sentAt)}, last ${formatDateTime(block.lastSentAt)}.`,
    block,
  }))
  const isFirst = sent.length === 0
  const words = `It would be sent with your next question${isFirst ? '. Nothing has been sent yet' : '; it has not been sent like this yet'}.`
  return next === null
    ? before
    : [...before, { label: 'Would be sent with your next question', words, block: next }]
}

function SeenBlock({ seen, view, choice }: { seen: Seen; view: View; choice: ReactNode }) {
  const { block, words } = seen
  const isSent = view.sent.some(({ sha256 }) => sha256 === block.sha256)
  return (
    <div className={classes.seen}>
      <p>
        Exactly this text {isSent ? 'was' : 'would be'} given to Claude about this analysis, byte for byte,
        followed by the conversation with known names replaced by ids. No audio, no file, track or preset
        names, no account. {words}
      </p>
      {choice}
      <p className={classes.seenFacts}>
        <span className="tabular">{formatBytes(block.sizeBytes)}</span>
        <span>SHA-256 {block.sha256.slice(0, 12)}…</span>
        <CopyButton text={block.json} label="Copy the JSON" />
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <pre className={classes.seenJson} tabIndex={0}>
        {block.json}
      </pre>
      <details>
        <summary>The rules before it (version {view.promptVersion}), the same for everybody</summary>
        <pre className={classes.seenRules}>{view.rules}</pre>
      </details>
    </div>
  )
}

function SeenBlocks({ view }: { view: View }) {
  const [chosen, setChosen] = useState(0)
  const all = seenOf(view)
  const seen = all[chosen] ?? all[0]
  if (seen === undefined) return null
  const choice = all.length > 1 && (
    <NativeSelect
      label="Which one"
      value={chosen}
      onChange={(event) => setChosen(Number(event.currentTarget.value))}
      data={all.map(({ label }, index) => ({ value: String(index), label }))}
    />
  )
  return <SeenBlock seen={seen} view={view} choice={choice} />
}

/** What Claude was given about this analysis, to the byte, with the rules before it. */
export function ClaudeViewPanel({ analysisId, onClose }: { analysisId: string; onClose: () => void }) {
  const view = useQuery({
    queryKey: ['claude-view', analysisId],
    queryFn: () => request(claudeViewSchema, 'GET', `/api/analyses/${analysisId}/claude-view`),
    staleTime: 0,
    gcTime: 0,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>What the AI saw</strong>}
      size="xl"
      closeButtonProps={{ 'aria-label': 'Close' }}
      centered
    >
      {view.isPending && <Waiting />}
      {view.isError && <ProblemNotice error={view.error} onRetry={() => void view.refetch()} />}
      {view.data !== undefined && <SeenBlocks view={view.data} />}
    </Modal>
  )
}
