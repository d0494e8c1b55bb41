import { z } from 'zod'
import { instantSchema } from '../core/contract.ts'

export const policySchema = z
  .object({
    version: z.string().describe('the date from which it holds'),
    isSignificant: z.boolean().describe('whether it changed something a person must be told'),
    changes: z.string().describe('what changed against the version before'),
    sections: z.array(z.object({ title: z.string(), paragraphs: z.array(z.string()) })),
    periods: z.array(z.object({ what: z.string(), howLong: z.string() })),
  })
  .meta({ id: 'Policy' })

export const policyListSchema = z
  .object({
    current: policySchema,
    contact: z.string().describe('where letters about privacy go'),
    versions: z.array(z.object({ version: z.string(), changes: z.string() })).describe('newest first'),
  })
  .meta({ id: 'PolicyList' })

export const choicesSchema = z
  .object({
    languageModel: z
      .boolean()
      .describe('whether a language model may answer; without it the offline coach does'),
    ledger: z.array(
      z.object({
        subject: z.enum(['privacy-policy', 'age-16', 'language-model']),
        isGiven: z.boolean(),
        policyVersion: z.string(),
        happenedAt: instantSchema,
      }),
    ),
  })
  .meta({ id: 'PrivacyChoices' })

export const changeChoicesSchema = z
  .strictObject({ languageModel: z.boolean() })
  .meta({ id: 'ChangePrivacyChoices' })

export const copyStateSchema = z
  .object({
    state: z.enum(['none', 'making', 'ready', 'fetched', 'failed']),
    until: instantSchema.nullable().describe('from then on another one can be asked for'),
  })
  .meta({ id: 'CopyState' })

export type CopyState = z.infer<typeof copyStateSchema>
export type Policy = z.infer<typeof policySchema>
export type PolicyList = z.infer<typeof policyListSchema>
export type PrivacyChoices = z.infer<typeof choicesSchema>
