import { createHash, randomUUID } from 'node:crypto'
import { type Readable, Transform } from 'node:stream'
import type { Request } from 'express'
import type { StorageEngine } from 'multer'
import { SNIFF_BYTES, sniffContainer } from '../audio/sniff.ts'
import { AppError } from '../core/errors.ts'
import type { RawStore } from '../platform/storage/raw-store.ts'
import { cleanFileName } from './clean-file-name.ts'
import { aboutReference, type FileRole, uploadErrors } from './errors.ts'
import { looksLikeLiveSet } from './sniff-set.ts'

/** A raw file as it lies in the spool: nobody has looked inside yet beyond its first bytes. */
export interface SpooledFile {
  role: FileRole
  key: string
  path: string
  name: string
  container: string
  sizeBytes: number
  sha256: string
}

export interface SpoolLimits {
  audio: number
  set: number
  reference: number
}

function containerOf(role: FileRole, head: Uint8Array): string {
  if (head.length === 0) throw uploadErrors.empty()
  if (role === 'set') {
    if (!looksLikeLiveSet(head)) throw uploadErrors.notASet()
    return 'als'
  }
  const container = sniffContainer(head)
  if (!container) throw uploadErrors.notAudio()
  return container
}

/** Passes bytes on, counts and hashes them, and refuses as soon as the first ones or their number are wrong. */
function createInspector(role: FileRole, maxBytes: number) {
  const hash = createHash('sha256')
  const facts = { sizeBytes: 0, container: '', sha256: '' }
  let head: Buffer | undefined = Buffer.alloc(0)

  function decide(): void {
    if (!head) return
    facts.container = containerOf(role, head)
    head = undefined
  }

  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        facts.sizeBytes += chunk.length
        if (facts.sizeBytes > maxBytes) throw uploadErrors.tooLarge(role, maxBytes)
        hash.update(chunk)
        if (head) {
          head = Buffer.concat([head, chunk])
          if (head.length >= SNIFF_BYTES) decide()
        }
        done(null, chunk)
      } catch (error) {
        done(error instanceof Error ? error : new Error('upload'))
      }
    },
    flush(done) {
      try {
        decide()
        facts.sha256 = hash.digest('hex')
        done()
      } catch (error) {
        done(error instanceof Error ? error : new Error('upload'))
      }
    },
  })
  return { stream, facts }
}

/** Spools one file of the form. Nothing of it remains when it is refused or the client goes away. */
export async function spoolFile(
  storage: RawStore,
  role: FileRole,
  name: string,
  source: Readable,
  maxBytes: number,
): Promise<SpooledFile> {
  const key = randomUUID()
  const { stream, facts } = createInspector(role, maxBytes)
  // A short file is refused before the store has opened anything and listens; the store still sees the error later.
  stream.on('error', () => undefined)
  source.on('error', (error) => stream.destroy(error))
  source.on('close', () => {
    if (!source.readableEnded) stream.destroy(new Error('The upload ended early'))
  })
  const path = await storage.spool(key, source.pipe(stream))
  return { role, key, path, name: cleanFileName(name), ...facts }
}

/** Where spooled files and the first refusal go. */
export interface Spooling {
  limits: SpoolLimits
  onSpooled(file: SpooledFile): void
  /** Called at once, while multer still waits for the rest of the body. */
  onRefused(error: unknown): void
}

const roles = new Map<string, FileRole>([
  ['audio', 'audio'],
  ['set', 'set'],
  ['reference', 'reference'],
])

/** Multer's storage engine over the raw store. */
export function createSpoolEngine(storage: RawStore, spooling: Spooling): StorageEngine {
  return {
    _handleFile(_request: Request, file, done) {
      const role = roles.get(file.fieldname) ?? 'audio'
      spoolFile(storage, role, file.originalname, file.stream, spooling.limits[role]).then(
        (spooled) => {
          spooling.onSpooled(spooled)
          done(null, { size: spooled.sizeBytes })
        },
        (error: unknown) => {
          const refusal = role === 'reference' && error instanceof AppError ? aboutReference(error) : error
          spooling.onRefused(refusal)
          done(refusal)
        },
      )
    },
    _removeFile(_request, _file, done) {
      // Whoever reads the form removes what was spooled, whatever made it fail.
      done(null)
    },
  }
}
