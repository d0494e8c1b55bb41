import { open } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { tierNameSchema } from '../src/billing/contract.ts'
import { grantTier } from '../src/billing/grant-tier.ts'
import { reconcileBilling } from '../src/billing/reconcile.ts'
import { type Context, closeContext, createContext } from '../src/context.ts'
import { ConfigError, loadConfig } from '../src/core/config.ts'
import { AppError } from '../src/core/errors.ts'
import { eraseFor, exportFor, listDue, noteRequest, unlockFor } from '../src/privacy/operator.ts'
import { scrub } from '../src/privacy/scrub.ts'
import { stripeSetup } from './tracksensei-stripe.ts'

const USAGE = `tracksensei-admin: for the operator

Requests that people make by letter:

  note export|erase|correct|object --email ADDRESS --note HOW-YOU-KNOW-WHO-ASKS
  export --email ADDRESS --note … --out FILE.zip    everything that is held of this person
  erase  --email ADDRESS --note …                   deletes the account and everything made in it, at once
  due                                               what waits for an answer, and until when
  unlock --email ADDRESS --note …                   switches the second factor off for somebody who lost it
  scrub                                             writes each table anew, without what was deleted from it

Plans:
  plan   --email ADDRESS --tier free|pro|studio     gives an account a plan, beside any it pays for
  stripe-setup [--apply]                            products, prices, meters, portal and endpoints at Stripe;
                                                    without --apply it only says what it would do
  stripe-check                                      reads everything again from Stripe, repairs and reports

Reads the same settings as the service. The embedded database belongs to one process: stop the service first.
`

async function plan(ctx: Context, values: Record<string, string | undefined>): Promise<string> {
  const tier = tierNameSchema.safeParse(required(values, 'tier'))
  if (!tier.success) throw new UsageError('--tier is free, pro or studio')
  await grantTier(ctx, required(values, 'email'), tier.data)
  return `Done: ${tier.data} holds from now on.\n`
}

async function stripeCheck(ctx: Context): Promise<string> {
  const found = await reconcileBilling(ctx)
  if (!found) return 'This service runs without Stripe: plans are set with the command plan.\n'
  const { customersRead, eventsFound, foundCounted, sentAgain, corrected, overcounted, waiting, givenUp } =
    found
  return [
    `${customersRead} customers read again, ${eventsFound} events found that had not arrived`,
    `usage: ${foundCounted} found counted, ${sentAgain} to be sent again, ${corrected} made good`,
    `to look into: ${overcounted} counted too much, ${givenUp} too old to be counted; ${waiting} wait to be sent`,
    '',
  ].join('\n')
}

const kinds = ['export', 'erase', 'correct', 'object'] as const

class UsageError extends Error {}

function required(values: Record<string, string | undefined>, name: string): string {
  const value = values[name]
  if (!value) throw new UsageError(`--${name} is missing`)
  return value
}

async function due(ctx: Context): Promise<string> {
  const rows = await listDue(ctx)
  if (rows.length === 0) return 'Nothing waits for an answer.\n'
  return rows
    .map((row) => {
      const days = Math.floor((row.due_at.getTime() - ctx.clock.now().getTime()) / 86_400_000)
      const left = days < 0 ? `${-days} days late` : `${days} days left`
      return `${row.due_at.toISOString().slice(0, 10)}  ${left.padEnd(13)} ${row.kind.padEnd(8)} ${row.note}\n`
    })
    .join('')
}

async function run(ctx: Context, args: string[]): Promise<string> {
  const options = {
    email: { type: 'string' },
    note: { type: 'string' },
    out: { type: 'string' },
    tier: { type: 'string' },
  } as const
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const [command, what] = positionals
  if (command === 'due') return due(ctx)
  if (command === 'plan') return plan(ctx, values)
  if (command === 'stripe-check') return stripeCheck(ctx)
  if (command === 'scrub') return `Written anew: ${await scrub(ctx)} tables.\n`
  const [email, note] = [required(values, 'email'), required(values, 'note')]
  if (command === 'note') {
    const kind = kinds.find((candidate) => candidate === what)
    if (!kind) throw new UsageError('note needs export, erase, correct or object')
    const dueAt = await noteRequest(ctx, { kind, email, note })
    return `Noted. Answer by ${dueAt.toISOString().slice(0, 10)}.\n`
  }
  if (command === 'export') {
    const out = required(values, 'out')
    const file = await open(out, 'wx', 0o600)
    try {
      await exportFor(ctx, email, note, (part) => file.appendFile(part))
    } finally {
      await file.close()
    }
    return `Written to ${out}. Give it to nobody but its owner, then delete it.\n`
  }
  if (command === 'erase') {
    await eraseFor(ctx, email, note)
    return 'Deleted. A letter confirms it to an address that was confirmed; the service sends it.\n'
  }
  if (command === 'unlock') {
    await unlockFor(ctx, email, note)
    return 'The password alone opens this account again. A letter says so.\n'
  }
  throw new UsageError('Which command?')
}

const EXIT_USAGE = 64
const EXIT_CONFIG = 78

async function main(): Promise<void> {
  const args = process.argv.slice(2)
  if (args.length === 0 || args.includes('--help')) {
    process.stdout.write(USAGE)
    return
  }
  if (args[0] === 'stripe-setup') {
    const { values } = parseArgs({ args: args.slice(1), options: { apply: { type: 'boolean' } } })
    process.stdout.write(await stripeSetup(values.apply ?? false))
    return
  }
  const config = loadConfig()
  // Nothing of the service runs here: letters and customers are left to it.
  const ctx = await createContext({ ...config, logLevel: 'error', services: { web: false, workers: false } })
  try {
    process.stdout.write(await run(ctx, args))
  } finally {
    await closeContext(ctx, 1000)
  }
}

main().catch((error: unknown) => {
  const isTold = error instanceof AppError || error instanceof ConfigError || error instanceof UsageError
  const isUsage = error instanceof UsageError || (error instanceof TypeError && 'code' in error)
  process.stderr.write(`${isTold || error instanceof TypeError ? error.message : String(error)}\n`)
  process.exitCode = error instanceof ConfigError ? EXIT_CONFIG : isUsage ? EXIT_USAGE : 1
})
