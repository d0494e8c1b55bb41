import { z } from 'zod'
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi'
import { ENGINE_VERSION } from './audio/version.ts'
import { problemSchema } from './core/contract.ts'
import type { Operation } from './core/http/operation.ts'

const jsonType = 'application/json'

function refusalsOf(operation: Operation): number[] {
  const common = [500, 503]
  if (operation.rateRules.length > 0) common.push(429)
  if (operation.access !== 'public') common.push(401)
  const isFromPages = operation.method !== 'get' && operation.bodyKind !== 'raw'
  if (operation.access === 'verified' || isFromPages) common.push(403)
  if (operation.bodyKind === 'json') common.push(400, 413, 415, 422)
  return [...new Set([...common, ...operation.refusals])].sort((a, b) => a - b)
}

function responsesOf(operation: Operation): ZodOpenApiResponsesObject {
  const responses: ZodOpenApiResponsesObject = {}
  for (const [status, { description, schema, contentType = jsonType }] of Object.entries(operation.responses))
    Object.assign(responses, {
      [status]: schema
        ? { description, content: { [contentType]: { schema } } }
        : contentType === jsonType
          ? { description }
          : { description, content: { [contentType]: { schema: z.string() } } },
    })
  for (const status of refusalsOf(operation))
    Object.assign(responses, {
      [status]: {
        description: 'Refused',
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    })
  return responses
}

/** A name that code generators can use: get-api-analyses-id. */
function operationIdOf({ method, path }: Operation): string {
  return `${method}${path.replaceAll(/[^A-Za-z]+/g, '-')}`.replace(/-$/, '')
}

function describeOperation(operation: Operation): ZodOpenApiOperationObject {
  const { params, query, body, form } = operation
  const content = form
    ? { 'multipart/form-data': { schema: form } }
    : body
      ? { [jsonType]: { schema: body } }
      : undefined
  return {
    operationId: operationIdOf(operation),
    summary: operation.summary,
    tags: [operation.tag],
    security: operation.access === 'public' ? [] : [{ session: [] }],
    ...(content ? { requestBody: { content } } : {}),
    ...(params instanceof z.ZodObject || query instanceof z.ZodObject
      ? {
          requestParams: {
            ...(params instanceof z.ZodObject ? { path: params } : {}),
            ...(query instanceof z.ZodObject ? { query } : {}),
          },
        }
      : {}),
    responses: responsesOf(operation),
  }
}

/** OpenAPI 3.1 of every operation, made from the same contracts that parse the requests. */
export function describeApi(operations: Operation[], baseUrl: string) {
  const paths: ZodOpenApiPathsObject = {}
  for (const operation of operations)
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describeOperation(operation) }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'TrackSensei',
      version: ENGINE_VERSION,
      description:
        'Writes need Sec-Fetch-Site: same-origin or an Origin header equal to the service address; uploads also need X-TS: 1.',
    },
    servers: [{ url: baseUrl }],
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-ts' } },
    },
    paths,
  })
}
