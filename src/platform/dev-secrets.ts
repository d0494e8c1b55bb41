import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { ConfigError, parsePepper, parseSessionKeys, type Secrets } from '../core/config.ts'

const fileSchema = z.object({ sessionKeys: z.string(), passwordPepper: z.string() })

/** Secrets of a development installation: random, made once, kept in the data folder for its owner alone. */
export async function readOrMakeSecrets(dataDir: string): Promise<Secrets> {
  const file = path.join(dataDir, 'secrets.json')
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const fresh = {
    sessionKeys: `dev1:${randomBytes(48).toString('base64')}`,
    passwordPepper: randomBytes(48).toString('base64'),
  }
  const draft = `${file}.${process.pid}.part`
  await writeFile(draft, JSON.stringify(fresh), { mode: 0o600 })
  try {
    // Two processes may start at once: whoever links the finished file first decides.
    await link(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(draft, { force: true })
  }
  const parsed = fileSchema.safeParse(JSON.parse(await readFile(file, 'utf8')))
  if (!parsed.success) throw new ConfigError(`${file} is damaged: delete the data folder or restore the file`)
  return {
    sessionKeys: parseSessionKeys(parsed.data.sessionKeys),
    passwordPepper: parsePepper(parsed.data.passwordPepper),
  }
}
