import { memo, useMemo } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { lightUp } from '../report/light-up.ts'
import classes from './chat.module.css'
import { linkReferences, readReference } from './references.ts'
import { splitBlocks } from './split-blocks.ts'

const SAFE_LINK = /^https:\/\//i

interface LinkProps {
  href: string | undefined
  trackNames: readonly string[]
  children: React.ReactNode
}

/** References to the report light up their place; other links go out over https or nowhere. */
function AnswerLink({ href = '', trackNames, children }: LinkProps) {
  const reference = readReference(href)
  if (reference?.kind === 'track') {
    return (
      <button
        type="button"
        className={classes.reference}
        onClick={() => lightUp(`set.T${reference.trackNumber}`)}
      >
        {trackNames[reference.trackNumber - 1] ?? children}
      </button>
    )
  }
  if (reference?.kind === 'path') {
    return (
      <button type="button" className={classes.reference} onClick={() => lightUp(reference.path)}>
        {reference.label}
      </button>
    )
  }
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

interface BlockProps {
  text: string
  trackNames: readonly string[]
}

const Block = memo(function Block({ text, trackNames }: BlockProps) {
  const components = useMemo(
    (): Components => ({
      a: ({ href, children }) => (
        <AnswerLink href={href} trackNames={trackNames}>
          {children}
        </AnswerLink>
      ),
      h1: ({ children }) => <h3>{children}</h3>,
      h2: ({ children }) => <h3>{children}</h3>,
    }),
    [trackNames],
  )
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
  /** Names of the Live set's tracks in its order; answers call them T1, T2 and so on. */
  trackNames: readonly string[]
  isStreaming: boolean
}

/** Markdown drawn block by block: while an answer streams only its last block is parsed again. */
export function Markdown({ text, trackNames, isStreaming }: MarkdownProps) {
  const blocks = splitBlocks(linkReferences(text, isStreaming, trackNames.length))
  return blocks.map((block) => <Block key={block.startsAt} text={block.text} trackNames={trackNames} />)
}
