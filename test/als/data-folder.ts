import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = process.env.TRACKSENSEI_DATA ?? join(import.meta.dirname, '../../../shared/data')

/** Real sets with known truth, kept outside the repository; undefined where they are absent. */
export const setFolder: string | undefined = existsSync(join(root, 'als')) ? join(root, 'als') : undefined

export const whyAbsent = 'needs the folder of real sets: point TRACKSENSEI_DATA at it'
