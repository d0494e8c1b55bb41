import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createLog } from '../../src/core/log.ts'
import { createLogFiles } from '../../src/platform/log-files.ts'
import { sweep } from '../../workers/sweep.ts'
import { openTestService } from '../support/test-service.ts'

const DAY_MS = 86_400_000

test('logs that the service keeps itself lie in one file a day, and no line is kept longer than 30 days (TS-14)', async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'tracksensei-logs-'))
  const service = await openTestService({ env: { LOG_DIR: path.join(root, 'logs') } })
  const { clock, ctx } = service
  const folder = ctx.config.logDir ?? ''
  const log = createLog(
    'info',
    createLogFiles(folder, () => clock.now()),
  )
  const first = clock.now()
  for (let day = 0; day < 40; day += 1) {
    log.info('request', { count: day })
    clock.advance(DAY_MS)
    await sweep(ctx)
  }
  const files = (await readdir(folder)).toSorted()
  expect(files).toHaveLength(29)
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')))
  const kept = texts.flatMap((text) => text.trim().split('\n')).map((line) => JSON.parse(line).count)
  expect(kept).toEqual(Array.from({ length: 29 }, (_, index) => index + 11))
  expect(files[0]).toBe(
    `tracksensei-${new Date(first.getTime() + 11 * DAY_MS).toISOString().slice(0, 10)}.log`,
  )
  expect((await stat(path.join(folder, files[0] ?? ''))).mode & 0o777).toBe(0o600)
  await service.close()
  await rm(root, { recursive: true })
})
