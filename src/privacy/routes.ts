import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { letterSentSchema, passwordAgainSchema, tokenRequestSchema } from '../accounts/contract.ts'
import { rateRules } from '../accounts/rate-rules.ts'
import { clearedSessionCookie } from '../accounts/session-cookie.ts'
import type { Context } from '../context.ts'
import { accountOperation, type Operation, publicOperation } from '../core/http/operation.ts'
import { changeChoices, getChoices } from './choices.ts'
import {
  changeChoicesSchema,
  choicesSchema,
  copyStateSchema,
  policyListSchema,
  policySchema,
} from './contract.ts'
import { deleteAccount } from './delete-account.ts'
import { fetchExport } from './fetch-export.ts'
import { getPolicy, listPolicies } from './policies.ts'
import { getCopyState, requestExport } from './request-export.ts'

const tag = 'Privacy'

export function privacyRoutes(ctx: Context): Operation[] {
  return [
    accountOperation(
      'session',
      {
        method: 'post',
        path: '/api/me/deletion',
        summary: 'Delete the account and everything made in it, at once and for good.',
        tag,
        body: passwordAgainSchema,
        responses: { 204: { description: 'Gone' } },
        refusals: [422, 503],
        rateRules: [rateRules.changes],
      },
      async ({ actor, body }) => {
        await deleteAccount(ctx, actor, body.password)
        const headers = {
          'Set-Cookie': clearedSessionCookie(),
          'Clear-Site-Data': '"cache", "storage"',
        }
        return { status: 204, headers }
      },
    ),
    ...choiceRoutes(ctx),
    ...exportRoutes(ctx),
    ...policyRoutes(ctx),
  ]
}

function choiceRoutes(ctx: Context): Operation[] {
  return [
    accountOperation(
      'session',
      {
        method: 'get',
        path: '/api/me/privacy',
        summary: 'What this account allows, and every time something was agreed to or withdrawn.',
        tag,
        responses: { 200: { description: 'The choices', schema: choicesSchema } },
      },
      async ({ actor }) => ({ status: 200, body: await getChoices(ctx, actor) }),
    ),
    accountOperation(
      'session',
      {
        method: 'patch',
        path: '/api/me/privacy',
        summary: 'Object to the language model, or allow it again. Holds from the next request on.',
        tag,
        body: changeChoicesSchema,
        responses: { 200: { description: 'The choices as they are now', schema: choicesSchema } },
        refusals: [422],
        rateRules: [rateRules.changes],
      },
      async ({ actor, body }) => ({ status: 200, body: await changeChoices(ctx, actor, body) }),
    ),
  ]
}

function exportRoutes(ctx: Context): Operation[] {
  return [
    accountOperation(
      'session',
      {
        method: 'post',
        path: '/api/me/export',
        summary: 'Ask for a copy of everything: a letter with a link follows. Once a day.',
        tag,
        body: passwordAgainSchema,
        responses: { 202: { description: 'The copy is being made', schema: letterSentSchema } },
        refusals: [422, 503],
        rateRules: [rateRules.changes],
      },
      async ({ actor, body }) => {
        await requestExport(ctx, actor, body.password)
        const message =
          'Your copy is being made. A letter with a link follows; it works once, within 24 hours.'
        return { status: 202, body: { message } }
      },
    ),
    accountOperation(
      'session',
      {
        method: 'get',
        path: '/api/me/export',
        summary: 'How far the copy of these last 24 hours got.',
        tag,
        responses: { 200: { description: 'Its state', schema: copyStateSchema } },
      },
      async ({ actor }) => ({ status: 200, body: await getCopyState(ctx, actor) }),
    ),
    publicOperation(
      {
        method: 'post',
        path: '/api/exports/fetch',
        summary: 'Fetch the copy with the token of the letter, once: a zip archive of JSON and CSV.',
        tag,
        body: tokenRequestSchema,
        responses: { 200: { description: 'The archive', contentType: 'application/zip' } },
        refusals: [410, 422],
        rateRules: [rateRules.tokens],
      },
      async ({ body, response }) => {
        const parts = await fetchExport(ctx, body.token)
        response.set({
          'Content-Type': 'application/zip',
          'Content-Disposition': 'attachment; filename="tracksensei-copy.zip"',
          'Cache-Control': 'no-store',
        })
        await pipeline(Readable.from(parts), response)
      },
    ),
  ]
}

function policyRoutes(ctx: Context): Operation[] {
  return [
    publicOperation(
      {
        method: 'get',
        path: '/api/policies',
        summary: 'The privacy policy as it holds now, and the list of its versions.',
        tag,
        responses: { 200: { description: 'The policy', schema: policyListSchema } },
      },
      async () => ({ status: 200, body: listPolicies(ctx.config.mail.from) }),
    ),
    publicOperation(
      {
        method: 'get',
        path: '/api/policies/{version}',
        summary: 'One version of the privacy policy; no version is ever taken away.',
        tag,
        params: z.object({ version: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) }),
        responses: { 200: { description: 'The version', schema: policySchema } },
        refusals: [404],
      },
      async ({ params }) => ({ status: 200, body: getPolicy(params.version) }),
    ),
  ]
}
