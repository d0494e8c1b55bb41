import { z } from 'zod'
import type { Context } from '../context.ts'
import { hideNames } from '../grounding/hide-names.ts'
import { reportSchema } from '../report/contract.ts'
import { type Intent, intentSchema } from '../uploads/contract.ts'
import { namesOfAnalysis } from './names-of-analysis.ts'
import { findAnalysis, findToldIntentRow } from './queries.ts'

const text = z.string().optional()
/** An id may be longer than the name it stands for: no lengths. */
const toldIntentSchema = z.object({
  kind: intentSchema.shape.kind,
  genre: text,
  destination: text,
  notes: text,
})

export type ToldIntent = z.infer<typeof toldIntentSchema>

/**
 * What was said about a measured track with the names taken out that are known now. Stored with the result: a reference
 * that is deleted later must not travel with the notes that named it. null when only the kind was said.
 */
export async function hideNamesInIntent(
  ctx: Context,
  userId: string,
  analysisId: string,
  intent: Intent,
): Promise<ToldIntent | null> {
  const { kind, genre, destination, notes } = intent
  if (genre === undefined && destination === undefined && notes === undefined) return null
  const row = await findAnalysis(ctx.db, userId, analysisId)
  if (!row) return null
  const files = {
    audioName: row.audio_name,
    setName: row.set_name,
    reference: { id: null, name: row.reference_name },
    earlierId: row.earlier_id,
  }
  const names = await namesOfAnalysis(ctx, userId, files, reportSchema.parse(row.report))
  const hidden = (words: string | undefined) => (words === undefined ? undefined : hideNames(words, names))
  return { kind, genre: hidden(genre), destination: hidden(destination), notes: hidden(notes) }
}

/** The same as it was stored; null where only the kind was said. */
export async function findToldIntent(
  ctx: Context,
  userId: string,
  analysisId: string,
): Promise<ToldIntent | null> {
  const row = await findToldIntentRow(ctx.db, userId, analysisId)
  return toldIntentSchema.nullable().parse(row?.told_intent ?? null)
}
