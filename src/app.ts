import path from 'node:path'
import compression from 'compression'
import express, { type Express, type Request, type Response } from 'express'
import { z } from 'zod'
import { authenticate } from './accounts/authenticate.ts'
import { accountRoutes } from './accounts/routes.ts'
import { analysisRoutes } from './analyses/routes.ts'
import { ENGINE_VERSION } from './audio/version.ts'
import { billingRoutes } from './billing/routes.ts'
import { type Context, lettersDirOf } from './context.ts'
import type { Actor } from './core/actor.ts'
import { projectRoot } from './core/config.ts'
import { AppError } from './core/errors.ts'
import { accessLog } from './core/http/access-log.ts'
import { cutOffRest } from './core/http/cut-off-rest.ts'
import { mountOperations } from './core/http/mount.ts'
import { type Operation, publicOperation } from './core/http/operation.ts'
import { problemHandler } from './core/http/problem.ts'
import { secureHeaders } from './core/http/secure-headers.ts'
import { renderDevMail } from './dev-mail-page.ts'
import { feedbackRoutes } from './feedback/routes.ts'
import { describeApi } from './open-api.ts'
import { listKeptLetters } from './platform/mail/folder-mailer.ts'
import { privacyRoutes } from './privacy/routes.ts'
import { referenceRoutes } from './references/routes.ts'
import { shareRoutes } from './shares/routes.ts'
import { uploadRoutes } from './uploads/routes.ts'

const webDist = path.join(projectRoot, 'web/dist')
const LETTERS_SHOWN = 50
const SERVER_CHECK_MS = 2000

const infoSchema = z
  .object({ version: z.string(), developmentMail: z.boolean(), coach: z.enum(['claude', 'offline-coach']) })
  .meta({ id: 'Info' })

function infoOperation(ctx: Context): Operation {
  const body = {
    version: ENGINE_VERSION,
    developmentMail: ctx.mail.kind === 'folder' && !ctx.config.isProduction,
    coach: ctx.claude ? 'claude' : 'offline-coach',
  }
  return publicOperation(
    {
      method: 'get',
      path: '/api/info',
      summary: 'What this installation offers.',
      tag: 'Service',
      responses: { 200: { description: 'Facts for the pages', schema: infoSchema } },
    },
    async () => ({ status: 200, body }),
  )
}

/** Every operation of the API; whatever is not listed here does not exist. */
export function listOperations(ctx: Context): Operation[] {
  return [
    ...accountRoutes(ctx),
    ...uploadRoutes(ctx),
    ...referenceRoutes(ctx),
    ...analysisRoutes(ctx),
    ...shareRoutes(ctx),
    ...feedbackRoutes(ctx),
    ...billingRoutes(ctx),
    ...privacyRoutes(ctx),
    infoOperation(ctx),
  ]
}

async function isReady(ctx: Context): Promise<boolean> {
  const check = Promise.all([
    ctx.db.selectFrom('settings').select('name').limit(1).execute(),
    ctx.storage.check(),
  ])
  const timeout = new Promise<never>((_, reject) =>
    setTimeout(reject, SERVER_CHECK_MS, new Error('slow')).unref(),
  )
  return Promise.race([check, timeout]).then(
    () => true,
    () => false,
  )
}

function mountHealth(app: Express, ctx: Context, isDraining: () => boolean): void {
  app.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' })
  })
  app.get('/readyz', async (_request, response) => {
    const ready = !isDraining() && (await isReady(ctx))
    response.set('Cache-Control', 'no-store').status(ready ? 200 : 503)
    response.json({ status: ready ? 'ready' : 'not ready' })
  })
}

function mountDevMail(app: Express, ctx: Context): void {
  if (ctx.mail.kind !== 'folder' || ctx.config.isProduction) return
  app.get('/dev/mail', async (_request, response) => {
    const letters = await listKeptLetters(lettersDirOf(ctx.config), LETTERS_SHOWN)
    response.set('Cache-Control', 'no-store').type('html').send(renderDevMail(letters))
  })
}

const pages = [
  /^\/$/,
  /^\/(login|register|check-mail|verify|forgot-password|reset-password|confirm-email|fetch-copy|privacy|tracks|upload|plan|account|shared)\/?$/,
  /^\/tracks\/[0-9a-f-]{36}\/?$/,
  /^\/privacy\/\d{4}-\d{2}-\d{2}\/?$/,
]

function mountPages(app: Express): void {
  const assets = express.static(webDist, {
    etag: false,
    lastModified: false,
    index: false,
    setHeaders(response, file) {
      const isHashed = file.includes(`${path.sep}assets${path.sep}`)
      response.set('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  // Only what is the same for everybody: answers that mix secrets with what others wrote stay uncompressed.
  app.use(compression(), assets)
  app.get(/.*/, (request: Request, response: Response, next) => {
    if (!request.accepts('html')) return next()
    const isKnown = pages.some((page) => page.test(request.path))
    response.status(isKnown ? 200 : 404).set('Cache-Control', 'no-cache')
    // Whoever was given a link may pass it on; a search engine may not.
    if (request.path.startsWith('/shared')) response.set('X-Robots-Tag', 'noindex, nofollow')
    response.sendFile('index.html', { root: webDist, etag: false, lastModified: false }, (error) => {
      if (error && !response.headersSent) next()
    })
  })
}

async function authenticateRequest(
  ctx: Context,
  request: Request,
  response: Response,
  mayRenew: boolean,
): Promise<Actor | undefined> {
  const known = await authenticate(ctx, request.get('cookie'), mayRenew)
  if (known?.renewedCookie) response.append('Set-Cookie', known.renewedCookie)
  return known?.actor
}

/** The whole web side, ready to listen. @param isDraining makes /readyz answer no */
export function createApp(ctx: Context, isDraining: () => boolean = () => false): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('trust proxy', ctx.config.trustProxyHops)
  app.set('query parser', 'simple')
  app.use(...secureHeaders(ctx.config.baseUrl.startsWith('https:')))
  app.use(cutOffRest)
  mountHealth(app, ctx, isDraining)
  app.use(accessLog(ctx.log))

  const operations = listOperations(ctx)
  mountOperations(app, operations, {
    origin: ctx.config.baseUrl,
    counter: ctx.hits,
    onHeldOff: (rule) => ctx.log.warn('held-off', { code: rule.name }),
    authenticate: (request, response, mayRenew) => authenticateRequest(ctx, request, response, mayRenew),
  })
  const document = describeApi(operations, ctx.config.baseUrl)
  app.get('/api/openapi.json', (_request, response) => {
    response.json(document)
  })
  app.use('/api', (_request, _response, next) =>
    next(new AppError('absent', 'absent', 'There is nothing at this address.')),
  )
  mountDevMail(app, ctx)
  mountPages(app)
  app.use((_request, _response, next) =>
    next(new AppError('absent', 'absent', 'There is nothing at this address.')),
  )
  app.use(problemHandler(ctx.log))
  return app
}
