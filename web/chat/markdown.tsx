import { memo } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { splitBlocks } from './split-blocks.ts'

const SAFE_LINK = /^https:\/\//i

/** Answers may link out over https and nowhere else; pictures and raw HTML are never shown. */
const components: Components = {
  a: ({ href, children }) =>
    href !== undefined && SAFE_LINK.test(href) ? (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h3>{children}</h3>,
}
const plugins = [remarkGfm]
const disallowed = ['img']
const keepHttps = (url: string) => (SAFE_LINK.test(url) ? url : '')

const Block = memo(function Block({ text }: { text: string }) {
  return (
    <ReactMarkdown
      remarkPlugins={plugins}
      components={components}
      disallowedElements={disallowed}
      urlTransform={keepHttps}
      skipHtml
    >
      {text}
    </ReactMarkdown>
  )
})

/** Markdown drawn block by block: while an answer streams only its last block is parsed again. */
export function Markdown({ text }: { text: string }) {
  return splitBlocks(text).map((block) => <Block key={block.startsAt} text={block.text} />)
}
