import { z } from 'zod'
import type { Context } from '../context.ts'
import { accountOperation, type Operation, publicOperation } from '../core/http/operation.ts'
import {
  linkTokenSchema,
  madeLinkSchema,
  newLinkSchema,
  reportLinksSchema,
  sharedReportSchema,
} from './contract.ts'
import { listLinks } from './list-links.ts'
import { readSharedReport } from './read-shared-report.ts'
import { revokeLink } from './revoke-link.ts'
import { shareReport } from './share-report.ts'

const tag = 'Sharing'
const params = z.object({ id: z.uuid() })

export function shareRoutes(ctx: Context): Operation[] {
  return [
    accountOperation(
      'session',
      {
        method: 'get',
        path: '/api/analyses/{id}/links',
        summary: 'Links by which others read this report, the newest first; without their tokens.',
        tag,
        params,
        responses: { 200: { description: 'Links that work', schema: reportLinksSchema } },
        refusals: [404],
      },
      async ({ actor, params: { id } }) => ({
        status: 200,
        body: { links: await listLinks(ctx, actor, id) },
      }),
    ),
    accountOperation(
      'verified',
      {
        method: 'post',
        path: '/api/analyses/{id}/links',
        summary: 'Make a link by which whoever holds it reads this report for a while. It is told once.',
        tag,
        params,
        body: newLinkSchema,
        responses: { 201: { description: 'The link', schema: madeLinkSchema } },
        refusals: [404, 409, 422],
        rateRules: [{ name: 'share', hits: 30, windowSeconds: 3600, per: 'account' }],
      },
      async ({ actor, params: { id }, body }) => ({
        status: 201,
        body: await shareReport(ctx, actor, id, body),
      }),
    ),
    accountOperation(
      'session',
      {
        method: 'delete',
        path: '/api/analyses/{id}/links/{linkId}',
        summary: 'Revoke a link: it works no more.',
        tag,
        params: z.object({ id: z.uuid(), linkId: z.uuid() }),
        responses: { 204: { description: 'Gone' } },
        refusals: [404],
      },
      async ({ actor, params: { id, linkId } }) => {
        await revokeLink(ctx, actor, id, linkId)
        return { status: 204 }
      },
    ),
    publicOperation(
      {
        method: 'post',
        path: '/api/shared-report',
        summary: 'The report of a link that somebody shared; the token stands in the body and in no address.',
        tag,
        body: linkTokenSchema,
        responses: { 200: { description: 'The report', schema: sharedReportSchema } },
        refusals: [404, 422],
        rateRules: [
          { name: 'shared-report', hits: 60, windowSeconds: 60, per: 'address' },
          { name: 'shared-report-network', hits: 300, windowSeconds: 60, per: 'network' },
        ],
      },
      async ({ body }) => ({
        status: 200,
        body: await readSharedReport(ctx, body.token),
        headers: { 'X-Robots-Tag': 'noindex, nofollow' },
      }),
    ),
  ]
}
