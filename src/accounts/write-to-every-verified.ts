import type { Context } from '../context.ts'
import type { LetterKind } from '../platform/db/schema.ts'
import { listVerifiedAfter } from './queries.ts'
import { writeLetter } from './write-letter.ts'

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** One letter of this cause to every confirmed address is in the outbox, batch by batch. */
export async function writeToEveryVerified(
  ctx: Context,
  letter: { kind: LetterKind; detail: string; cause: string },
): Promise<void> {
  let last: string | undefined = NOBODY
  while (last !== undefined) {
    const people = await listVerifiedAfter(ctx.db, last)
    await ctx.db.transaction().execute(async (tx) => {
      for (const { id } of people)
        await writeLetter(ctx, tx, { ...letter, userId: id, cause: `${letter.cause}:${id}` })
    })
    last = people.at(-1)?.id
  }
}
