import { z } from 'zod'
import { instantSchema } from '../core/contract.ts'

/** A track that others are compared with: its numbers stay, its sound is gone. */
export const keptReferenceSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    durationSeconds: z.number(),
    integratedLufs: z.number().nullable(),
    tempoBpm: z.number().nullable(),
    createdAt: instantSchema,
    lastUsedAt: instantSchema,
    expiresAt: instantSchema.describe('30 days after it was last used'),
  })
  .meta({ id: 'KeptReference' })

export const keptReferencesSchema = z
  .object({ references: z.array(keptReferenceSchema), limit: z.number().int() })
  .meta({ id: 'KeptReferences' })

export const referenceNameSchema = z
  .strictObject({ name: z.string().trim().min(1, 'Write a name.').max(120, 'Use at most 120 characters.') })
  .meta({ id: 'ReferenceName' })

export type KeptReference = z.infer<typeof keptReferenceSchema>
