import type { Section } from '../audio/contract.ts'
import type { Judged } from './rule.ts'

export interface DropRise {
  build: Section
  drop: Section
  riseDb: number
}

/** Each build that leads straight into a drop, the drop that rises least first. */
export function dropRises({ structure }: Judged): DropRise[] {
  const sections = structure?.sections ?? []
  const found = sections.flatMap((build, i) => {
    const drop = sections[i + 1]
    if (build.label !== 'build' || drop?.label !== 'drop') return []
    return [{ build, drop, riseDb: drop.energyDb - build.energyDb }]
  })
  return found.sort((a, b) => a.riseDb - b.riseDb)
}
