import type { Request, Response } from 'express'
import type { z } from 'zod'
import type { Actor } from '../actor.ts'
import { AppError } from '../errors.ts'
import { parseWith } from './parse.ts'

export interface Reply {
  status: number
  body?: unknown
  headers?: Record<string, string | string[]>
}

export interface ResponseShape {
  description: string
  schema?: z.ZodType
  contentType?: string
}

/** At most `hits` calls per `windowSeconds` for one key; refused before any work is done. */
export interface RateRule {
  name: string
  hits: number
  windowSeconds: number
  /** What shares the count: one address, its neighbourhood (/24, /56), the account, or everybody. */
  per: 'address' | 'network' | 'account' | 'everybody'
}

export type Access = 'public' | 'session' | 'verified'

export interface OperationFacts {
  method: 'get' | 'post' | 'patch' | 'delete'
  /** OpenAPI notation: /api/analyses/{id} */
  path: string
  summary: string
  tag: string
  access: Access
  /** `raw`: a machine's call that proves itself by a signature over the exact bytes. */
  bodyKind: 'none' | 'json' | 'multipart' | 'raw'
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  /** Fields of a multipart form; the handler reads them itself. */
  form?: z.ZodType
  responses: Record<number, ResponseShape>
  /** Statuses of the problems it may answer beside the ones every operation has. */
  refusals: number[]
  rateRules: RateRule[]
  /** Worked on at once in one process, where each is much work; counted once the body is there. */
  atOnce?: number | undefined
}

/** One line of the API: what OpenAPI says of it and what runs it. */
export interface Operation extends OperationFacts {
  run(request: Request, response: Response, actor: Actor | undefined): Promise<Reply | undefined>
}

interface Input<Params, Query, Body> {
  params: Params
  query: Query
  body: Body
  request: Request
  response: Response
}

interface Spec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>
  extends Omit<OperationFacts, 'access' | 'bodyKind' | 'refusals' | 'rateRules'> {
  bodyKind?: OperationFacts['bodyKind']
  refusals?: number[]
  rateRules?: RateRule[]
  params?: P
  query?: Q
  body?: B
}

type Handle<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, Extra> = (
  input: Input<z.output<P>, z.output<Q>, z.output<B>> & Extra,
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler that streams has nothing left to return
) => Promise<Reply | undefined | void>

function readInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  spec: Spec<P, Q, B>,
  request: Request,
) {
  return {
    params: parseWith(spec.params, request.params, 'path'),
    query: parseWith(spec.query, request.query, 'query'),
    body: parseWith(spec.body, request.body, 'body'),
  }
}

function factsOf(
  spec: Spec<z.ZodType, z.ZodType, z.ZodType>,
  access: OperationFacts['access'],
): OperationFacts {
  return {
    ...spec,
    access,
    bodyKind: spec.bodyKind ?? (spec.body ? 'json' : 'none'),
    refusals: spec.refusals ?? [],
    rateRules: spec.rateRules ?? [],
  }
}

/** An operation anybody may call; `actor` is there when a session came with the request. */
export function publicOperation<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  spec: Spec<P, Q, B>,
  handle: Handle<P, Q, B, { actor: Actor | undefined }>,
): Operation {
  return {
    ...factsOf(spec, 'public'),
    run: async (request, response, actor) =>
      (await handle({ ...readInput(spec, request), actor, request, response })) ?? undefined,
  }
}

/** The actor, if the operation is for them. @throws AppError unauthenticated or forbidden. */
export function allowed(access: 'session' | 'verified', actor: Actor | undefined): Actor {
  if (!actor) throw new AppError('unauthenticated', 'accounts/not-logged-in', 'Log in first.')
  if (access === 'verified' && !actor.isVerified)
    throw new AppError(
      'forbidden',
      'accounts/not-verified',
      'Confirm your e-mail address first: open the link in the letter we sent you, or ask for a new one.',
    )
  return actor
}

/** An operation that needs a login session, and with `verified` a confirmed address as well. */
export function accountOperation<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  access: 'session' | 'verified',
  spec: Spec<P, Q, B>,
  handle: Handle<P, Q, B, { actor: Actor }>,
): Operation {
  return {
    ...factsOf(spec, access),
    run: async (request, response, actor) =>
      (await handle({ ...readInput(spec, request), actor: allowed(access, actor), request, response })) ??
      undefined,
  }
}
