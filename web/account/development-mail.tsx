import { useInfo } from '../api/info.ts'
import { Notice } from '../ui/notice.tsx'

/** Where a development installation shows its letters; nothing elsewhere. */
export function DevelopmentMail() {
  const info = useInfo()
  if (info.data?.developmentMail !== true) return null
  return (
    <Notice kind="info" title="This is a development installation">
      Letters are not sent; they are <a href="/dev/mail">shown on a page</a>.
    </Notice>
  )
}
