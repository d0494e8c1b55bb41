import { ANALYSIS_CHANNEL, type Context } from '../context.ts'
import type { Flight } from './answers-in-flight.ts'
import { findRun, notify, saveRun } from './queries.ts'

const SAVE_EVERY_MS = 150
const SIGN_OF_LIFE_EVERY_MS = 5000

/** Channel on which a run hears that somebody, in whichever process, wants it to stop. */
export const stopNotice = (answerId: string) => `stop:${answerId}`

/**
 * While an answer is made, its text is stored as it comes and readers of other processes are told; and the run ends
 * when somebody stops it or deletes it.
 * @returns stops keeping; resolves once nothing more will be written
 */
export function keepRun(
  ctx: Context,
  run: { answerId: string; analysisId: string },
  flight: Flight,
): () => Promise<void> {
  let savedLength = 0
  let savedAt = performance.now()
  let saving = Promise.resolve()
  let isSaving = false

  const obey = (state: { isStopRequested: boolean } | undefined) => {
    if (state === undefined) flight.abort('deleted')
    else if (state.isStopRequested) flight.abort('stopped by the user')
  }

  async function save(): Promise<void> {
    const text = flight.text()
    obey(await saveRun(ctx.db, run.answerId, text))
    if (text.length > savedLength) await notify(ctx.db, ANALYSIS_CHANNEL, run.answerId)
    savedLength = text.length
    savedAt = performance.now()
  }

  // A database that is away for a moment costs nothing but the moment: the next round stores all there is.
  const guarded = (work: Promise<void>) =>
    work.catch((error: unknown) => ctx.log.warn('answer-not-saved', { error }))

  const timer = setInterval(() => {
    const isDue = flight.text().length > savedLength || performance.now() - savedAt > SIGN_OF_LIFE_EVERY_MS
    if (isSaving || !isDue) return
    isSaving = true
    saving = guarded(save()).finally(() => {
      isSaving = false
    })
  }, SAVE_EVERY_MS)
  const look = () => void guarded(findRun(ctx.db, run.answerId).then(obey))
  const unwatch = [stopNotice(run.answerId), run.analysisId].map((id) => ctx.notices.watch(id, look))
  return async () => {
    clearInterval(timer)
    for (const stop of unwatch) stop()
    await saving
  }
}
