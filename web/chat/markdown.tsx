import { memo } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import type { Verdict } from '../../src/grounding/contract.ts'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { ReferenceChip } from './chips.tsx'
import { linkReferences, readReference } from './references.ts'
import { splitBlocks } from './split-blocks.ts'

const SAFE_LINK = /^https:\/\//i

/** References to the report light up their place; other links go out over https or nowhere. */
function AnswerLink({ href = '', children }: { href: string | undefined; children: React.ReactNode }) {
  const reference = readReference(href)
  if (reference !== undefined) return <ReferenceChip reference={reference}>{children}</ReferenceChip>
  if (!SAFE_LINK.test(href)) return <span>{children}</span>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  )
}

const plugins = [remarkGfm]
const disallowed = ['img']
const keepKnown = (url: string) => (SAFE_LINK.test(url) || readReference(url) !== undefined ? url : '')
const components: Components = {
  a: ({ href, children }) => <AnswerLink href={href}>{children}</AnswerLink>,
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h3>{children}</h3>,
}

const Block = memo(function Block({ text }: { text: string }) {
  return (
    <ReactMarkdown
      remarkPlugins={plugins}
      components={components}
      disallowedElements={disallowed}
      urlTransform={keepKnown}
    >
      {text}
    </ReactMarkdown>
  )
})

interface MarkdownProps {
  text: string
  isStreaming: boolean
  /** What the analysis does not bear out; null while it is not known. */
  verdict: Verdict | null
}

function Blocks({ text, isStreaming, verdict }: MarkdownProps) {
  const blocks = splitBlocks(linkReferences(text, isStreaming, verdict))
  return blocks.map((block) => <Block key={block.startsAt} text={block.text} />)
}

/**
 * Markdown drawn block by block: while an answer streams only its last block is parsed again. Text that cannot be drawn
 * is shown as it was written, and takes nothing else with it.
 */
export function Markdown(props: MarkdownProps) {
  return (
    <ErrorBoundary fallback={<p>{props.text}</p>}>
      <Blocks {...props} />
    </ErrorBoundary>
  )
}
