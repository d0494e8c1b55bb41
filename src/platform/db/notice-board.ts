import type { Database } from './database.ts'

/** Tells readers in this process that a row changed, whichever process changed it. The row holds the rest. */
export interface NoticeBoard {
  /** `onNotice` is called after each notice for `id`, and whenever notices may have been missed. */
  watch(id: string, onNotice: () => void): () => void
  close(): Promise<void>
}

/** One LISTEN for the whole process, shared by all its readers. */
export async function openNoticeBoard(database: Database, channel: string): Promise<NoticeBoard> {
  const watchers = new Map<string, Set<() => void>>()
  const tellAll = () => {
    for (const group of watchers.values()) for (const onNotice of group) onNotice()
  }
  const stop = await database.listen(channel, {
    onPayload: (id) => {
      for (const onNotice of watchers.get(id) ?? []) onNotice()
    },
    onReconnect: tellAll,
  })
  return {
    watch(id, onNotice) {
      const group = watchers.get(id) ?? new Set()
      watchers.set(id, group.add(onNotice))
      return () => {
        group.delete(onNotice)
        if (group.size === 0 && watchers.get(id) === group) watchers.delete(id)
      }
    },
    close: stop,
  }
}
