import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Letter, Mailer } from './mailer.ts'

const letterSchema = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  sentAt: z.string(),
})

export type KeptLetter = z.infer<typeof letterSchema>

/** Writes letters to a folder instead of sending them (development only). */
export function createFolderMailer(folder: string, now: () => Date): Mailer {
  return {
    kind: 'folder',
    async send(letter: Letter) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const sentAt = now().toISOString()
      const file = path.join(folder, `${sentAt.replaceAll(':', '-')}-${letter.id}.json`)
      await writeFile(`${file}.part`, JSON.stringify({ ...letter, sentAt }, null, 2), { mode: 0o600 })
      await rename(`${file}.part`, file)
    },
  }
}

/** The newest letters of the folder, newest first. */
export async function listKeptLetters(folder: string, limit: number): Promise<KeptLetter[]> {
  const names = await readdir(folder).catch(() => [])
  const newest = names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .reverse()
    .slice(0, limit)
  return Promise.all(
    newest.map(async (name) =>
      letterSchema.parse(JSON.parse(await readFile(path.join(folder, name), 'utf8'))),
    ),
  )
}
