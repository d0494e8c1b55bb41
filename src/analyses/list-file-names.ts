import type { Context } from '../context.ts'
import { findAnalysis } from './queries.ts'

/** The names of the files of one analysis; none when it is gone. */
export async function listFileNames(ctx: Context, userId: string, analysisId: string): Promise<string[]> {
  const row = await findAnalysis(ctx.db, userId, analysisId)
  return [row?.audio_name, row?.set_name].filter((name) => typeof name === 'string')
}
