import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { MAX_SET_BYTES } from '../billing/tiers.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { projectRoot } from '../core/config.ts'
import { AppError } from '../core/errors.ts'
import type { FileRole } from './errors.ts'
import { type SpooledFile, spoolFile } from './multer-storage.ts'
import { receiveUpload } from './receive-upload.ts'

/** Made by scripts/make-demo.ts, never by hand. */
const demoDir = path.join(projectRoot, 'web/public/demo')

const demoFiles: { role: FileRole; name: string }[] = [
  { role: 'audio', name: 'TrackSensei demo.flac' },
  { role: 'set', name: 'TrackSensei demo.als' },
]

async function spoolDemoFile(ctx: Context, role: FileRole, name: string): Promise<SpooledFile> {
  const file = path.join(demoDir, name)
  const stats = await stat(file).catch(() => undefined)
  if (!stats)
    throw new AppError(
      'unavailable',
      'uploads/no-demo',
      'The demo track is not installed here. Upload a track of your own.',
    )
  return spoolFile(ctx.storage, role, name, createReadStream(file), MAX_SET_BYTES)
}

/** The demo track and its set go the way of every upload, but cost nothing. */
export async function startDemo(ctx: Context, actor: Actor): Promise<string> {
  const files: SpooledFile[] = []
  for (const { role, name } of demoFiles) files.push(await spoolDemoFile(ctx, role, name))
  return receiveUpload(ctx, actor, {
    files,
    intent: { kind: 'mix', notes: 'The demo track', codecs: true },
    isDemo: true,
  })
}
