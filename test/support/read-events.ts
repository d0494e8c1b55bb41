export interface ReadEvent {
  name: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into events of every kind
  data: any
}

/** The events of a whole server-sent stream. */
export function readEvents(text: string): ReadEvent[] {
  return text.split('\n\n').flatMap((block) => {
    const name = /^event: (.*)$/m.exec(block)?.[1]
    const data = /^data: (.*)$/m.exec(block)?.[1]
    return name && data ? [{ name, data: JSON.parse(data) }] : []
  })
}
