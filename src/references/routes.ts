import { z } from 'zod'
import type { Context } from '../context.ts'
import { accountOperation, type Operation } from '../core/http/operation.ts'
import { keptReferenceSchema, keptReferencesSchema, referenceNameSchema } from './contract.ts'
import { deleteReference } from './delete-reference.ts'
import { listReferences } from './list-references.ts'
import { renameReference } from './rename-reference.ts'

const tag = 'References'
const params = z.object({ id: z.uuid() })

export function referenceRoutes(ctx: Context): Operation[] {
  return [
    accountOperation(
      'session',
      {
        method: 'get',
        path: '/api/references',
        summary: 'My kept references, the last used first.',
        tag,
        responses: { 200: { description: 'All of them', schema: keptReferencesSchema } },
      },
      async ({ actor }) => ({ status: 200, body: await listReferences(ctx, actor) }),
    ),
    accountOperation(
      'session',
      {
        method: 'patch',
        path: '/api/references/{id}',
        summary: 'Rename a kept reference.',
        tag,
        params,
        body: referenceNameSchema,
        responses: { 200: { description: 'The reference', schema: keptReferenceSchema } },
        refusals: [404],
      },
      async ({ actor, params: { id }, body }) => ({
        status: 200,
        body: await renameReference(ctx, actor, id, body.name),
      }),
    ),
    accountOperation(
      'session',
      {
        method: 'delete',
        path: '/api/references/{id}',
        summary:
          'Delete a kept reference; comparisons made with it stay with their reports, without its name.',
        tag,
        params,
        responses: { 204: { description: 'Gone' } },
        refusals: [404],
      },
      async ({ actor, params: { id } }) => {
        await deleteReference(ctx, actor, id)
        return { status: 204 }
      },
    ),
  ]
}
