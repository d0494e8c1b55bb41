import { createReadStream, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LiveSet } from '../../src/als/contract.ts'
import { parseLiveSet } from '../../src/als/parse-live-set.ts'
import { visitDevices } from '../../src/als/resolve.ts'
import { type SetChange, setDiffSchema } from '../../src/set-diff/contract.ts'
import { diffSets } from '../../src/set-diff/diff-sets.ts'
import { setFolder, whyAbsent } from '../als/data-folder.ts'
import { printAndParse } from '../als/round-trip.ts'
import { OpenSet, utility } from '../preflight/right-set.ts'

type Told = Partial<SetChange>

interface Edit {
  name: string
  apply: (open: OpenSet) => unknown
  tells: Told
}

/** The example set with three more tracks, each with a clip of its own. */
function base(): OpenSet {
  const open = new OpenSet()
  for (const [index, name] of ['Lead', 'Keys', 'Vox'].entries()) {
    const added = open.addTrack('Pad', name, { automation: [], automatedParameters: 0 })
    for (const clip of added.clipList)
      Object.assign(clip, { name: `${name} part`, startBeat: 16 * index, endBeat: 16 * index + 32 })
    added.devices = [
      {
        ...utility({ Gain: 1 }),
        userName: `${name} trim`,
        name: `${name} trim`,
        liveId: String(3000 + index),
      },
    ]
  }
  return open
}

const device = (open: OpenSet, track: string) => {
  const [first] = open.track(track).devices
  if (first === undefined) throw new Error(`${track} has no device`)
  return first
}

/** Each changes something that none of the others touches. */
const EDITS: readonly Edit[] = [
  {
    name: 'tempo',
    apply: ({ set }) => Object.assign(set, { tempoBpm: 126, tempoAtStartBpm: 126 }),
    tells: { kind: 'tempo', before: 124, after: 126, unit: 'BPM' },
  },
  {
    name: 'fader',
    apply: (open) => Object.assign(open.track('Kick'), { volumeDb: -3 }),
    tells: { kind: 'mixer', trackName: 'Kick', what: 'volumeDb', after: -3, unit: 'dB' },
  },
  {
    name: 'pan',
    apply: (open) => Object.assign(open.track('Pad'), { pan: -0.5 }),
    tells: { kind: 'mixer', trackName: 'Pad', what: 'pan', before: 0.25, after: -0.5 },
  },
  {
    name: 'mute',
    apply: (open) => Object.assign(open.track('Vox'), { muted: true }),
    tells: { kind: 'mixer', trackName: 'Vox', what: 'muted', before: false, after: true },
  },
  {
    name: 'send',
    apply: (open) => Object.assign(open.track('Pad').sends[0] ?? {}, { db: -6 }),
    tells: { kind: 'send', trackName: 'Pad', before: -12, after: -6, unit: 'dB' },
  },
  {
    name: 'rename',
    apply: (open) => Object.assign(open.track('Room'), { name: 'Hall', userName: 'Hall' }),
    tells: { kind: 'track-renamed', trackName: 'Hall', before: 'Room', after: 'Hall' },
  },
  {
    name: 'regroup',
    apply: (open) => Object.assign(open.track('Lead'), { groupId: '10' }),
    tells: { kind: 'track-regrouped', trackName: 'Lead', before: null, after: 'Drums' },
  },
  {
    name: 'new track',
    apply: (open) => open.addTrack('Pad', 'Noise', { clipList: [], devices: [], automation: [] }),
    tells: { kind: 'track-added', trackName: 'Noise' },
  },
  {
    name: 'new device',
    apply: (open) =>
      open
        .track('Keys')
        .devices.push({ ...utility({ Gain: 2 }), liveId: '4000', userName: 'Boost', name: 'Boost' }),
    tells: { kind: 'device-added', trackName: 'Keys', deviceName: 'Boost' },
  },
  {
    name: 'limiter gone',
    apply: (open) => Object.assign(open.track('Main'), { devices: [] }),
    tells: { kind: 'device-removed', trackName: 'Main', deviceName: 'Limiter' },
  },
  {
    name: 'ratio',
    apply: (open) => Object.assign(device(open, 'Bass').parameters, { ratio: 6 }),
    tells: {
      kind: 'parameter',
      trackName: 'Bass',
      deviceName: 'Compressor',
      what: 'ratio',
      before: 4,
      after: 6,
    },
  },
  {
    name: 'bypass',
    apply: (open) => Object.assign(device(open, 'Lead'), { on: false }),
    tells: {
      kind: 'device-switched',
      trackName: 'Lead',
      deviceName: 'Lead trim',
      before: true,
      after: false,
    },
  },
  {
    name: 'clip moved',
    apply: (open) => Object.assign(open.clip('Lead'), { startBeat: 32, endBeat: 64 }),
    tells: { kind: 'clip-moved', trackName: 'Lead', clipName: 'Lead part', after: 8, unit: 'bars', bar: 9 },
  },
  {
    name: 'clip longer',
    apply: (open) => Object.assign(open.clip('Keys'), { endBeat: 80 }),
    tells: { kind: 'clip-length', trackName: 'Keys', before: 8, after: 16, unit: 'bars' },
  },
  {
    name: 'clip gain',
    apply: (open) => Object.assign(open.audio('Kick'), { gainDb: 2 }),
    tells: { kind: 'clip-changed', trackName: 'Kick', what: 'gainDb', before: -1.5, after: 2 },
  },
  {
    name: 'clip copied',
    apply: (open) =>
      open.track('Vox').clipList.push({ ...structuredClone(open.clip('Vox')), startBeat: 96, endBeat: 112 }),
    tells: { kind: 'clip-added', trackName: 'Vox', clipName: 'Vox part', bar: 25 },
  },
  {
    name: 'clip deleted',
    apply: (open) => Object.assign(open.track('Bass'), { clipList: [] }),
    tells: { kind: 'clip-removed', trackName: 'Bass', clipName: 'Bass', bar: 1 },
  },
  {
    name: 'locator moved',
    apply: ({ set }) => Object.assign(set.locators[1] ?? {}, { beat: 80 }),
    tells: { kind: 'locator-moved', what: 'Drop', after: 4, unit: 'bars', bar: 21 },
  },
  {
    name: 'fade',
    apply: (open) => Object.assign(open.track('Pad').automation[0]?.points[1] ?? {}, { value: -12 }),
    tells: { kind: 'automation', trackName: 'Pad', what: 'volumeDb', before: 2, after: 2, unit: 'points' },
  },
]

async function parsed(
  edits: readonly Edit[],
  change: (set: LiveSet) => void = () => undefined,
): Promise<LiveSet> {
  const open = base()
  for (const edit of edits) edit.apply(open)
  change(open.set)
  return printAndParse({ era: 12, set: open.set })
}

/** Other numbers for all tracks and devices, as when everything was copied into a new set. */
function renumber(set: LiveSet): void {
  const other = (id: string | null) => (id === null ? null : String(Number(id) + 500))
  const swap = new Map(set.tracks.map(({ id }) => [id, other(id)]))
  for (const track of set.tracks) {
    track.id = swap.get(track.id) ?? null
    track.groupId = swap.get(track.groupId) ?? null
    visitDevices(track.devices, (each) => {
      each.liveId = other(each.liveId)
      if (each.sidechain !== null) each.sidechain.trackId = swap.get(each.sidechain.trackId) ?? null
    })
  }
}

function expectExactly(changes: readonly SetChange[], edits: readonly Edit[]): void {
  const label = ({ kind, trackName, what, clipName, deviceName }: Told) =>
    [kind, trackName, what, clipName, deviceName].join(' ')
  expect(changes.map(label), changes.map(label).join('\n')).toHaveLength(edits.length)
  for (const { tells } of edits) expect(changes).toContainEqual(expect.objectContaining(tells))
}

describe('the difference of two versions of a set', () => {
  it('is nothing for the same set', async () => {
    expect(diffSets(await parsed([]), await parsed([])).changes).toEqual([])
  })

  it('is nothing for a set that was only numbered anew', async () => {
    const { changes, idsKept } = diffSets(await parsed([]), await parsed([], renumber))
    expect(changes).toEqual([])
    expect(idsKept).toBe(false)
  })

  it.each(EDITS)('names exactly this edit: $name', async (edit) => {
    const diff = diffSets(await parsed([]), await parsed([edit]))
    expect(setDiffSchema.parse(diff)).toEqual(diff)
    expectExactly(diff.changes, [edit])
  })

  it('names exactly the edits of any selection, also where all numbers changed', async () => {
    const before = await parsed([])
    await fc.assert(
      fc.asyncProperty(fc.subarray([...EDITS]), fc.boolean(), async (edits, isRenumbered) => {
        expectExactly(
          diffSets(before, await parsed(edits, isRenumbered ? renumber : undefined)).changes,
          edits,
        )
      }),
      { numRuns: 80 },
    )
  })

  it('reads backwards as the opposite', async () => {
    const [before, after] = [
      await parsed([]),
      await parsed(EDITS.filter(({ name }) => name === 'new track' || name === 'fader')),
    ]
    const { changes } = diffSets(after, before)
    expect(changes.map(({ kind }) => kind).toSorted()).toEqual(['mixer', 'track-removed'])
    expect(changes.find(({ kind }) => kind === 'mixer')).toMatchObject({
      before: -3,
      after: expect.closeTo(-4.5, 3),
    })
  })

  it('tells a device that changed its place once, and a track likewise', async () => {
    const twoDevices = (set: LiveSet) => {
      const keys = set.tracks.find(({ name }) => name === 'Keys')
      keys?.devices.push({ ...utility({ Gain: 1 }), liveId: '4100', userName: 'Second', name: 'Second' })
    }
    const turned = (set: LiveSet) => {
      twoDevices(set)
      set.tracks.find(({ name }) => name === 'Keys')?.devices.reverse()
      const vox = set.tracks.findIndex(({ name }) => name === 'Vox')
      set.tracks.splice(1, 0, ...set.tracks.splice(vox, 1))
    }
    const { changes } = diffSets(await parsed([], twoDevices), await parsed([], turned))
    expect(changes.map(({ kind }) => kind).toSorted()).toEqual(['device-moved', 'track-moved'])
    expect(changes.find(({ kind }) => kind === 'track-moved')?.trackName).toBe('Vox')
  })

  it('says once that several clips of a track moved by as many bars', async () => {
    const three = (shiftBeats: number) => (set: LiveSet) => {
      const vox = set.tracks.find(({ name }) => name === 'Vox')
      const [clip] = vox?.clipList ?? []
      if (vox === undefined || clip === undefined) throw new Error('no clip')
      vox.clipList = [0, 1, 2].map((index) => ({
        ...structuredClone(clip),
        name: `Take ${index}`,
        startBeat: index * 16 + shiftBeats,
        endBeat: index * 16 + 8 + shiftBeats,
      }))
    }
    const { changes } = diffSets(await parsed([], three(0)), await parsed([], three(16)))
    expect(changes).toEqual([
      expect.objectContaining({ kind: 'clip-moved', trackName: 'Vox', after: 4, unit: 'bars', count: 3 }),
    ])
  })
})

const files = setFolder === undefined ? [] : readdirSync(setFolder).filter((name) => name.endsWith('.als'))

describe('real sets', () => {
  it.skipIf(setFolder === undefined)(`each differs in nothing from itself (${whyAbsent})`, async () => {
    for (const name of files) {
      const set = await parseLiveSet(createReadStream(join(setFolder ?? '', name)))
      expect(diffSets(set, structuredClone(set)).changes, name).toEqual([])
    }
  })

  it.skipIf(setFolder === undefined)(
    'even two that have nothing in common are compared within the contract',
    async () => {
      const [one, other] = [files[1], files[12]]
      const [before, after] = await Promise.all(
        [one, other].map((name) => parseLiveSet(createReadStream(join(setFolder ?? '', name ?? '')))),
      )
      if (before === undefined || after === undefined) throw new Error('two sets are needed')
      const diff = diffSets(before, after)
      expect(setDiffSchema.parse(diff)).toEqual(diff)
      expect(diff.changes.length).toBeGreaterThan(20)
    },
  )
})
