import { describe, expect, it } from 'vitest'
import { buildAnalysisBlock } from '../../src/feedback/analysis-block.ts'
import { buildReport } from '../../src/report/build-report.ts'
import { makeCase, WHOLE } from '../fusion/studio/make-case.ts'
import { found, utility } from '../preflight/right-set.ts'

const SECRET = 'Zanzibar'

describe('what Claude is told of a set', () => {
  it('TS-24: holds what preflight found by ids, and no name of a track, device, clip or locator', async () => {
    const { set } = await found((open) => {
      for (const track of open.set.tracks)
        Object.assign(track, { name: `${SECRET} ${track.kind}`, soloed: true })
      for (const locator of open.set.locators) locator.name = `${SECRET} locator`
      const main = open.set.tracks.at(-1)
      main?.devices.push({
        ...utility({ Mono: true }),
        userName: `${SECRET} device`,
        name: `${SECRET} device`,
      })
      const kick = open.set.tracks[1]?.clipList[0]
      if (kick?.audio) {
        kick.name = `${SECRET} clip`
        kick.audio.gainDb = 7
      }
    })
    const report = await buildReport(null, set)
    expect(report.preflight?.results.length).toBeGreaterThan(5)
    expect(JSON.stringify(report.preflight)).toContain(SECRET)
    const block = buildAnalysisBlock(report, { kind: 'mix' }, new Map())
    expect(block).not.toContain(SECRET)
    expect(block).toContain('"rule":"set-solo"')
    expect(block).toContain('"track":"T2"')
  })

  it('TS-24: holds how set and mix lie over each other by bars and ids, without the names of locators', async () => {
    const made = await makeCase(7305, { kind: 'phase', shownBySet: true }, WHOLE, (song) => ({
      ...song,
      locators: [{ beat: 32, name: `${SECRET} drop` }],
      parts: song.parts.map((part) => ({ ...part, name: `${SECRET} ${part.id}` })),
    }))
    const report = await buildReport(made?.audio ?? null, made?.set ?? null)
    expect(JSON.stringify(report.fusion)).toContain(SECRET)
    const block = buildAnalysisBlock(report, { kind: 'mix' }, new Map())
    expect(block).not.toContain(SECRET)
    expect(block).toContain('"verdict"')
    expect(block).toContain('"gainPaths":{"columns":["track","totalDb"],"rows":[["T')
    expect(block).toMatch(/"causes":\[\{"track":"T\d+"/)
  })
})
