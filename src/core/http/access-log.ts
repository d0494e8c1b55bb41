import type { NextFunction, Request, Response } from 'express'
import type { Log } from '../log.ts'
import { requestIdOf } from './request-id.ts'

function routeOf(request: Request): string {
  const route: unknown = request.route
  const known = route !== null && typeof route === 'object' && 'path' in route ? route.path : undefined
  return typeof known === 'string' ? known : '(none)'
}

/** One line per request, with the route instead of the address: no ids, no query, no names. */
export function accessLog(log: Log) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const requestId = requestIdOf(request)
    const start = performance.now()
    response.set('X-Request-Id', requestId)
    response.on('close', () => {
      log.info('request', {
        requestId,
        method: request.method,
        route: routeOf(request),
        status: response.statusCode,
        durationMs: Math.round(performance.now() - start),
        ip: request.ip ?? '',
        userAgent: request.get('user-agent') ?? '',
      })
    })
    next()
  }
}
