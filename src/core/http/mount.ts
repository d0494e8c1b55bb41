import express, {
  type Express,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express'
import type { Actor } from '../actor.ts'
import { AppError } from '../errors.ts'
import { fewAtOnce } from './few-at-once.ts'
import { allowed, type Operation, type RateRule } from './operation.ts'
import { type HitCounter, rateLimitBy } from './rate-limit.ts'
import { requireSameOrigin, requireUploadHeader } from './same-origin.ts'
import { requirePromptBody, requireSteadyUpload } from './slow-body.ts'

const JSON_BODY_LIMIT = '100kb'

export interface MountOptions {
  /** The service's own origin: writes must come from its pages. */
  origin: string
  counter: HitCounter
  /** Somebody was refused because of a limit. */
  onHeldOff(rule: RateRule): void
  /** The actor of a request, or undefined; renews the cookie on the response where that may be. */
  authenticate(request: Request, response: Response, mayRenew: boolean): Promise<Actor | undefined>
}

const RAW_BODY_LIMIT = '512kb'

const parseRaw = express.raw({ limit: RAW_BODY_LIMIT, type: () => true })
const parseJson = express.json({ limit: JSON_BODY_LIMIT, strict: true })

function requireJson(request: Request, _response: Response, next: NextFunction): void {
  if (request.is('application/json')) next()
  else next(new AppError('unsupported', 'not-json', 'Send application/json here.'))
}

function bodyHandlers(operation: Operation): RequestHandler[] {
  if (operation.bodyKind === 'json') return [requireJson, requirePromptBody, parseJson]
  if (operation.bodyKind === 'raw') return [requirePromptBody, parseRaw]
  return operation.bodyKind === 'multipart' ? [requireUploadHeader, requireSteadyUpload] : []
}

function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

/** Mounts each operation: limits, session, body, then its handler; nothing else answers under /api. */
export function mountOperations(app: Express, operations: Operation[], options: MountOptions): void {
  const actors = new WeakMap<object, Actor>()

  for (const operation of operations) {
    const authenticate: RequestHandler = async (request, response, next) => {
      // The answer to an upload may come an hour later, when its cookie is older than the one the browser has by then.
      const actor = await options.authenticate(request, response, operation.bodyKind !== 'multipart')
      if (actor) actors.set(request, actor)
      next()
    }
    // Before any body is read: who may not call is told so at once.
    const authorize: RequestHandler = (request, _response, next) => {
      if (operation.access !== 'public') allowed(operation.access, actors.get(request))
      next()
    }
    const limits = operation.rateRules.map((rule) =>
      rateLimitBy(rule, options.counter, (request) => actors.get(request)?.userId, options.onHeldOff),
    )
    const run: RequestHandler = async (request, response) => {
      const reply = await operation.run(request, response, actors.get(request))
      if (!reply) return
      response.set('Cache-Control', 'no-store').status(reply.status)
      for (const [name, value] of Object.entries(reply.headers ?? {})) response.set(name, value)
      if (reply.body === undefined) response.end()
      else response.json(reply.body)
    }
    const origin = operation.bodyKind === 'raw' ? [] : [requireSameOrigin(options.origin)]
    const body = bodyHandlers(operation)
    // A flood that would only be refused must not cost the counting either; who sends slowly holds no place meanwhile.
    const guards =
      operation.atOnce === undefined
        ? [...limits, ...body]
        : [...body, fewAtOnce(operation.atOnce), ...limits]
    const handlers = [...origin, authenticate, authorize, ...guards, run]
    app[operation.method](expressPath(operation.path), ...handlers)
  }
}
