import type { LiveSet, SamplePlace, SetSampleReference } from './contract.ts'
import type { Reading } from './reading.ts'
import { cleanName, lastPathComponent } from './text.ts'

/** By the stored kind of the relative path. */
const PLACES: ReadonlyMap<string, SamplePlace> = new Map([
  ['0', 'not-stored'],
  ['1', 'outside-project'],
  ['2', 'old-library'],
  ['3', 'project'],
  ['5', 'live-pack'],
  ['6', 'user-library'],
  ['7', 'built-in'],
])

/** Only the name of a file, never where it lies: Live 11 and newer store a path, older sets the name itself. */
export function readFileName(reading: Reading, fileRef: number): string | null {
  const { tape } = reading
  const name = reading.raw(tape.child(fileRef, 'Name'))
  if (name !== null) return cleanName(lastPathComponent(name)) || null
  const path = reading.raw(tape.child(fileRef, 'Path')) || reading.raw(tape.child(fileRef, 'RelativePath'))
  return path ? cleanName(lastPathComponent(path)) || null : null
}

function placeOf(reading: Reading, fileRef: number): SamplePlace {
  const stored = reading.raw(reading.tape.child(fileRef, 'RelativePathType'))
  if (stored === null) return 'not-stored'
  const place = PLACES.get(stored)
  if (place === undefined)
    reading.notUnderstood.add('value', `RelativePathType ${cleanName(stored)}`, 'FileRef')
  return place ?? 'not-stored'
}

/**
 * Neither in the project folder nor in a library that others have: the kinds of reference that get lost. A reference
 * without a place and without a name is an empty slot.
 */
function isOutside(place: SamplePlace, name: string | null): boolean {
  return place === 'outside-project' || (place === 'not-stored' && name !== null)
}

/** The sample of a clip; null when the clip has none. */
export function readSampleReference(reading: Reading, sampleRef: number): SetSampleReference | null {
  const { tape } = reading
  const fileRef = tape.child(sampleRef, 'FileRef')
  if (fileRef < 0) return null
  const place = placeOf(reading, fileRef)
  const name = readFileName(reading, fileRef)
  const rateHz = reading.number(tape.child(sampleRef, 'DefaultSampleRate'), { min: 1, max: 1e7 })
  const frames = reading.number(tape.child(sampleRef, 'DefaultDuration'), { min: 0, max: 1e12 })
  return {
    name,
    place,
    outsideProject: isOutside(place, name),
    pack: reading.givenName(tape.child(fileRef, 'LivePackName')),
    durationSeconds: rateHz === null || frames === null ? null : frames / rateHz,
    sampleRateHz: rateHz,
  }
}

/** Counts every sample that the set refers to: clips, instruments, impulse responses, frozen renders, grooves. */
export class SampleCensus {
  private total = 0
  private unnamed = 0
  private outsideProject = 0
  private readonly byPlace: Record<string, number> = {}
  private readonly files = new Map<string, LiveSet['samples']['files'][number]>()

  /** Adds all references of the part on the tape. */
  addPart(reading: Reading): void {
    const { tape } = reading
    const wanted = tape.names.find('SampleRef')
    if (wanted < 0) return
    for (let node = 0; node < tape.nodes; node++) {
      if (tape.nameOf[node] !== wanted) continue
      const fileRef = tape.child(node, 'FileRef')
      if (fileRef >= 0) this.add(reading, fileRef)
    }
  }

  private add(reading: Reading, fileRef: number): void {
    const name = readFileName(reading, fileRef)
    const place = placeOf(reading, fileRef)
    this.total++
    this.byPlace[place] = (this.byPlace[place] ?? 0) + 1
    if (isOutside(place, name)) this.outsideProject++
    if (name === null) this.unnamed++
    else this.addFile(reading, name, place)
  }

  private addFile(reading: Reading, name: string, place: SamplePlace): void {
    const key = `${place}/${name}`
    const known = this.files.get(key)
    if (known !== undefined) known.count++
    else if (this.files.size < reading.limits.sampleFiles) this.files.set(key, { name, place, count: 1 })
    else reading.notUnderstood.add('limit', 'sample files', 'samples')
  }

  result(): LiveSet['samples'] {
    return {
      total: this.total,
      unique: this.files.size,
      unnamed: this.unnamed,
      outsideProject: this.outsideProject,
      byPlace: this.byPlace,
      files: [...this.files.values()],
    }
  }
}
