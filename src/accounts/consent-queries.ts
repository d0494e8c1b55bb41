import type { Db, Tx } from '../platform/db/database.ts'
import type { ConsentSubject } from './consents.ts'

export async function insertConsents(
  tx: Tx,
  consent: {
    userId: string
    subjects: ConsentSubject[]
    isGiven: boolean
    policyVersion: string
    now: Date
  },
): Promise<void> {
  await tx
    .insertInto('consents')
    .values(
      consent.subjects.map((subject) => ({
        user_id: consent.userId,
        subject,
        is_given: consent.isGiven,
        policy_version: consent.policyVersion,
        happened_at: consent.now,
      })),
    )
    .execute()
}

/** The latest word on a subject. */
export function findConsent(db: Db | Tx, userId: string, subject: ConsentSubject) {
  return db
    .selectFrom('consents')
    .select('is_given')
    .where('user_id', '=', userId)
    .where('subject', '=', subject)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export function listConsents(db: Db | Tx, userId: string) {
  return db
    .selectFrom('consents')
    .select(['subject', 'is_given', 'policy_version', 'happened_at'])
    .where('user_id', '=', userId)
    .orderBy('id')
    .execute()
}
