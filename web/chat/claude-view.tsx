import '@mantine/core/styles/ScrollArea.layer.css'
import '@mantine/core/styles/Paper.layer.css'
import '@mantine/core/styles/Overlay.layer.css'
import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Modal.layer.css'
import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { claudeViewSchema } from '../../src/feedback/contract.ts'
import { request } from '../api/request.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { formatBytes, formatDateTime } from '../ui/format.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Waiting } from '../ui/waiting.tsx'
import classes from './chat.module.css'

/** What Claude is given about this analysis, to the byte, with the rules before it. */
export function ClaudeViewPanel({ analysisId, onClose }: { analysisId: string; onClose: () => void }) {
  const view = useQuery({
    queryKey: ['claude-view', analysisId],
    queryFn: () => request(claudeViewSchema, 'GET', `/api/analyses/${analysisId}/claude-view`),
    staleTime: 0,
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
      {view.data !== undefined && (
        <div className={classes.seen}>
          <p>
            Exactly this text {view.data.sentAt === null ? 'would be' : 'is'} given to Claude about this
            analysis, byte for byte, followed by the conversation with known names replaced by ids. No audio,
            no file, track or preset names, no account.{' '}
            {view.data.sentAt === null
              ? 'It has not been sent yet.'
              : `First sent ${formatDateTime(view.data.sentAt)}.`}
          </p>
          <p className={classes.seenFacts}>
            <span className="tabular">{formatBytes(view.data.sizeBytes)}</span>
            <span>SHA-256 {view.data.sha256.slice(0, 12)}…</span>
            <CopyButton text={view.data.json} label="Copy the JSON" />
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
          <pre className={classes.seenJson} tabIndex={0}>
            {view.data.json}
          </pre>
          <details>
            <summary>The rules before it (version {view.data.promptVersion}), the same for everybody</summary>
            <pre className={classes.seenRules}>{view.data.rules}</pre>
          </details>
        </div>
      )}
    </Modal>
  )
}
