import type { Request, Response } from 'express'
import multer, { MulterError } from 'multer'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { AppError } from '../core/errors.ts'
import { refuseNeverTaken, wrongFields } from '../core/http/parse.ts'
import { referenceErrors } from '../references/errors.ts'
import { type Intent, intentSchema } from './contract.ts'
import { uploadErrors } from './errors.ts'
import { createSpoolEngine, type SpooledFile, type Spooling, type SpoolLimits } from './multer-storage.ts'

const FORM_OVERHEAD_BYTES = 64 * 1024
const MAX_INTENT_BYTES = 16 * 1024

export interface UploadForm {
  files: SpooledFile[]
  intent: Intent
  /** A kept reference to compare with. */
  referenceId: string | undefined
  /** The analysis of an earlier version. */
  newVersionOf: string | undefined
}

/** Refuses by what the client announces, before a byte of the body is read. */
export function checkAnnouncedSize(request: Request, limits: SpoolLimits): void {
  if (!request.is('multipart/form-data')) throw uploadErrors.notMultipart()
  const announced = Number(request.get('content-length') ?? 0)
  if (announced > limits.audio + limits.set + limits.reference + FORM_OVERHEAD_BYTES)
    throw uploadErrors.tooLarge('audio', limits.audio)
}

function parseIntent(value: unknown): Intent {
  if (value === undefined) return { kind: 'mix' }
  const intent = intentSchema.safeParse(readJson(String(value)))
  if (!intent.success) throw uploadErrors.badIntent(wrongFields(intent.error))
  refuseNeverTaken(intent.data)
  return intent.data
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const fieldsSchema = z.object({
  intent: z.unknown(),
  referenceId: z.unknown(),
  newVersionOf: z.unknown(),
})

function readFields(body: unknown): Omit<UploadForm, 'files'> {
  const fields = fieldsSchema.partial().parse(body ?? {})
  return {
    intent: parseIntent(fields.intent),
    referenceId: parseId(fields.referenceId, referenceErrors.unknown),
    newVersionOf: parseId(fields.newVersionOf, uploadErrors.noSuchVersion),
  }
}

function parseId(value: unknown, refusal: () => AppError): string | undefined {
  if (value === undefined) return undefined
  const parsed = z.uuid().safeParse(value)
  if (!parsed.success) throw refusal()
  return parsed.data
}

function isOutOfSpace(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC'
}

function translate(error: unknown): unknown {
  if (error instanceof AppError) return error
  if (isOutOfSpace(error)) return uploadErrors.noSpace()
  // Besides its own errors the form parser throws plain ones for bodies that end early.
  return error instanceof MulterError || error instanceof Error ? uploadErrors.badForm(error) : error
}

function createParser(ctx: Context, spooling: Spooling) {
  const { limits } = spooling
  return multer({
    storage: createSpoolEngine(ctx.storage, spooling),
    defParamCharset: 'utf8',
    limits: {
      fileSize: Math.max(limits.audio, limits.set, limits.reference) + 1,
      files: 3,
      fields: 4,
      parts: 8,
      fieldSize: MAX_INTENT_BYTES,
      fieldNameSize: 40,
      headerPairs: 20,
      fieldNestingDepth: 0,
      fieldArrayIndexLimit: 0,
    },
  }).fields([
    { name: 'audio', maxCount: 1 },
    { name: 'set', maxCount: 1 },
    { name: 'reference', maxCount: 1 },
  ])
}

/**
 * Reads the form: each file lies whole in the spool. When anything is wrong, nothing remains of any file.
 * @throws AppError as soon as it is clear, even while the body is still arriving
 */
export async function readForm(
  ctx: Context,
  request: Request,
  response: Response,
  limits: SpoolLimits,
): Promise<UploadForm> {
  const files: SpooledFile[] = []
  let isRefused = false
  try {
    await new Promise<void>((resolve, reject) => {
      const onRefused = (error: unknown) => {
        isRefused = true
        reject(translate(error))
      }
      const onSpooled = (file: SpooledFile) => {
        files.push(file)
        if (isRefused) removeSpooled(ctx, [file]).catch(onRefused)
      }
      const parse = createParser(ctx, { limits, onSpooled, onRefused })
      parse(request, response, (error: unknown) => (error ? onRefused(error) : resolve()))
    })
    return { files, ...readFields(request.body) }
  } catch (error) {
    await removeSpooled(ctx, files)
    throw error
  }
}

export async function removeSpooled(ctx: Context, files: SpooledFile[]): Promise<void> {
  await Promise.all(files.map((file) => ctx.storage.remove(file.key)))
}
