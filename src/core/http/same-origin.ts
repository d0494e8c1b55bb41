import type { NextFunction, Request, Response } from 'express'
import { AppError } from '../errors.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

function isOwnPage(request: Request, origin: string): boolean {
  const site = request.get('sec-fetch-site')
  return site === undefined ? request.get('origin') === origin : site === 'same-origin'
}

/** Refuses every write that another site's page could have caused: the cookie alone proves nothing. */
export function requireSameOrigin(origin: string) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    if (safeMethods.has(request.method) || isOwnPage(request, origin)) next()
    else
      next(
        new AppError(
          'forbidden',
          'cross-site',
          `This request did not come from ${origin}. A program must send the header Origin: ${origin}.`,
        ),
      )
  }
}

/** Multipart needs no preflight, so uploads carry a header that other sites cannot add. */
export function requireUploadHeader(request: Request, _response: Response, next: NextFunction): void {
  if (request.get('x-ts') === '1') next()
  else next(new AppError('forbidden', 'cross-site', 'Uploads need the header X-TS: 1.'))
}
