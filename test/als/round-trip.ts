import { gzipSync } from 'node:zlib'
import type { LiveSet } from '../../src/als/contract.ts'
import { parseLiveSet } from '../../src/als/parse-live-set.ts'
import { visitDevices } from '../../src/als/resolve.ts'
import type { WrittenSet } from './arbitrary-set.ts'
import { printSet } from './print-set.ts'

/** The bytes of a file in pieces, as they arrive from a disk or a network. */
export async function* inPieces(bytes: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** What the reader makes of the printed set. */
export function printAndParse(written: WrittenSet, pieceBytes?: number): Promise<LiveSet> {
  return parseLiveSet(inPieces(gzipSync(printSet(written), { level: 1 }), pieceBytes))
}

/** The sums over a set, worked out from what it was written from. */
export function sumsOf({ tracks }: LiveSet) {
  let plugins = 0
  let unknown = 0
  for (const track of tracks) {
    visitDevices(track.devices, (device) => {
      if (device.plugin !== null) plugins++
      if (device.class === 'FutureDevice') unknown++
    })
  }
  const samples = tracks.flatMap(({ clipList }) => clipList.flatMap(({ audio }) => audio?.sample ?? []))
  return {
    plugins,
    unknown,
    samples: samples.length,
    outside: samples.filter((sample) => sample.outsideProject).length,
  }
}

/** The set without what follows from the rest: sums, and seconds, which have tests of their own. */
export function withoutSums(set: LiveSet) {
  const { plugins: _plugins, samples: _samples, notUnderstood: _notUnderstood, ...rest } = set
  return {
    ...rest,
    arrangementLengthSeconds: null,
    locators: set.locators.map((locator) => ({ ...locator, seconds: null })),
  }
}
