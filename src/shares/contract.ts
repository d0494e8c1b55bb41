import { z } from 'zod'
import { instantSchema } from '../core/contract.ts'
import { reportSchema } from '../report/contract.ts'

/** For how many days a link may work; never longer than the report itself is kept. */
export const LINK_DAYS = [1, 7, 30] as const

export const newLinkSchema = z
  .strictObject({
    days: z.literal(LINK_DAYS),
    showsNames: z
      .boolean()
      .default(false)
      .describe('names of files, tracks, clips, locators, presets; genre and destination as you wrote them'),
  })
  .meta({ id: 'NewReportLink' })

export const reportLinkSchema = z
  .object({
    id: z.uuid(),
    showsNames: z.boolean(),
    createdAt: instantSchema,
    expiresAt: instantSchema,
  })
  .meta({ id: 'ReportLink' })

export const reportLinksSchema = z.object({ links: z.array(reportLinkSchema) }).meta({ id: 'ReportLinks' })

export const madeLinkSchema = reportLinkSchema
  .extend({ url: z.string().describe('the link with its token; it is told this once and kept nowhere') })
  .meta({ id: 'MadeReportLink' })

export const linkTokenSchema = z.strictObject({ token: z.string().min(1).max(100) }).meta({ id: 'LinkToken' })

/** A report as somebody sees it who was given its link: nothing of the account, no chat. */
export const sharedReportSchema = z
  .object({
    title: z.string().nullable().describe('null where names are not shown'),
    referenceName: z.string().nullable(),
    kind: z.enum(['mix', 'master']).nullable(),
    genre: z.string().nullable().describe('null where names are not shown'),
    destination: z.string().nullable().describe('null where names are not shown'),
    versionNumber: z.number().int(),
    showsNames: z.boolean(),
    createdAt: instantSchema,
    expiresAt: instantSchema.describe('when the link stops working'),
    report: reportSchema,
  })
  .meta({ id: 'SharedReport' })

export type ReportLink = z.infer<typeof reportLinkSchema>
export type MadeLink = z.infer<typeof madeLinkSchema>
export type NewLink = z.infer<typeof newLinkSchema>
export type SharedReport = z.infer<typeof sharedReportSchema>
