import { expect, test } from 'vitest'
import { hideNames, namesOf } from '../../src/grounding/hide-names.ts'
import { buildReport } from '../../src/report/build-report.ts'
import { exampleSet } from '../als/example-set.ts'

const names = new Map([
  ['kick', 'T1'],
  ['kick 2', 'T2'],
  ['größe (feat. ana)', 'T3'],
  ['.*', 'T4'],
])

test('known names become their ids, the longest first, in any case, as whole words only', () => {
  expect(hideNames('Kick and KICK 2, not kicking or sidekick', names)).toBe(
    'T1 and T2, not kicking or sidekick',
  )
  expect(hideNames('Is Größe (feat. Ana) too loud?', names)).toBe('Is T3 too loud?')
  expect(hideNames('match .* literally', names)).toBe('match T4 literally')
})

test('a name is known however its accents and marks are written', async () => {
  const files = { audioName: 'Zoe\u0308’s Café – final.wav', setName: null }
  const known = namesOf(await buildReport(null, null), files)
  expect(hideNames("Is Zoë's Cafe\u0301 - Final too loud?", known)).toBe('Is this track too loud?')
})

test('chains, scenes, takes and samples of a set do not travel by name either (TS-24)', async () => {
  const { set } = exampleSet(12)
  const [first] = set.tracks
  const rack = set.tracks.flatMap(({ devices }) => devices)[0]
  if (!first || !rack) throw new Error('The example has tracks with devices')
  first.takeLaneNames = ['Secret take']
  rack.chains = [
    {
      id: null,
      name: 'Secret chain',
      color: null,
      colorHex: null,
      on: null,
      soloed: null,
      volumeDb: null,
      pan: null,
      midiNote: null,
      chokeGroup: null,
      sends: [],
      devices: [],
    },
  ]
  rack.preset = 'Secret patch.adv'
  set.scenes = [{ name: 'Secret scene', color: null, tempoBpm: null, timeSignature: null }]
  set.samples.files = [{ name: 'Secret loop.wav', place: 'project', count: 1 }]
  const known = namesOf(await buildReport(null, set), { audioName: null, setName: null })
  const told = hideNames('Secret take, secret chain, Secret patch, Secret scene, Secret loop', known)
  expect(told).not.toMatch(/secret/i)
})

test('mail addresses never travel', () => {
  expect(hideNames('write to me@example.com, please', names)).toBe('write to (address), please')
})

test('its work grows with the text and not with the number of names', () => {
  const many = new Map(Array.from({ length: 20_000 }, (_, index) => [`clip number ${index}`, `T${index}`]))
  const text = 'clip number 19999 is fine '.repeat(150)
  let looks = 0
  const counted = new Map(many)
  counted.get = (key) => {
    looks += 1
    return many.get(key)
  }
  expect(hideNames(text, counted)).toBe('T19999 is fine '.repeat(150))
  expect(looks).toBeLessThan(text.length * 10)
})

test('the name of a reference does not travel either', async () => {
  const files = { audioName: 'Mine.wav', setName: null, reference: { name: 'Their Hit.flac' } }
  const known = namesOf(await buildReport(null, null), files)
  expect(hideNames('Is Mine.wav darker than their hit?', known)).toBe(
    'Is this track darker than the reference?',
  )
})

test('the names of the earlier version and of references that were once compared with do not travel (TS-24)', async () => {
  const files = {
    audioName: 'Mine.wav',
    setName: null,
    earlierNames: ['Anna Schmidt demo v1.wav'],
    referenceNames: ['Adele - Hello.flac'],
  }
  const known = namesOf(await buildReport(null, null), files)
  expect(hideNames('Compare with Anna Schmidt demo v1.wav and Adele - Hello', known)).toBe(
    'Compare with the earlier version and a reference',
  )
})
