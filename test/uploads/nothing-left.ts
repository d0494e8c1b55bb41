import { expect } from 'vitest'
import type { TestService } from '../support/test-service.ts'

async function countOf(service: TestService, table: 'analyses' | 'uploads' | 'usage_units'): Promise<number> {
  return (await service.ctx.db.selectFrom(table).select('id').execute()).length
}

export interface Holdings {
  rawFiles: number
  analyses: number
  uploads: number
  units: number
  reserved: number
}

/** What the service holds of uploads: files, rows and units of quota. */
export async function holdingsOf(service: TestService): Promise<Holdings> {
  const periods = await service.ctx.db
    .selectFrom('usage_periods')
    .select('reserved')
    .where('unit', '=', 'analysis')
    .execute()
  return {
    rawFiles: (await service.rawFiles()).length,
    analyses: await countOf(service, 'analyses'),
    uploads: await countOf(service, 'uploads'),
    units: await countOf(service, 'usage_units'),
    reserved: periods.reduce((sum, period) => sum + period.reserved, 0),
  }
}

/** Runs `refuse` and checks that it left no file, no row and no unit behind. */
export async function leavesNothing<Result>(
  service: TestService,
  refuse: () => Promise<Result>,
): Promise<Result> {
  const before = await holdingsOf(service)
  const result = await refuse()
  await expect.poll(() => holdingsOf(service), { timeout: 3000 }).toEqual(before)
  return result
}
