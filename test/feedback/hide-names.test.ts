import { expect, test } from 'vitest'
import { hideNames, namesOf } from '../../src/feedback/hide-names.ts'
import { buildReport } from '../../src/report/build-report.ts'

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
