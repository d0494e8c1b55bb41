import type { Report } from '../../src/report/contract.ts'

export type Platform = NonNullable<Report['delivery']>['platforms'][number]

const SOURCES: Record<Platform['status'], string> = {
  official: 'official',
  'third-party': 'reported by others',
  practice: 'common practice',
  'not published': 'not published',
}

/** Where a platform's levels are known from. */
export function sourceWords(platform: Platform): string {
  return SOURCES[platform.status]
}
