import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { culpritTable, matchTable, offsetTable, trustTable } from './fusion/tables.ts'
import { runTrials, trialSchema, weighedAnew } from './fusion/trials.ts'

/**
 * How often the guilty track is found, and how well a set is told from wrong versions of itself, on generated songs of
 * seeds that nothing was tuned on: the weights of culprits were fitted on seeds 2000–2340, those of the match on
 * 2000–2150 and 9000–9119; the tests use 7000–7999. Seeds from 60000 on are held out
 * for both, those of culprits also from 9000 on; matches before 60000 are left out of the table. One song takes some five seconds of one processor.
 *   npm run bench:fusion [-- --from 60000 --count 240 --keep FOLDER --minutes 5]
 * With --keep, results stay in a folder: what is there is not done again, and the tables show all of it under the
 * weights of today.
 */
const FIRST_HELD_OUT_MATCH = 60_000

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '60000' },
    count: { type: 'string', default: '240' },
    keep: { type: 'string' },
    minutes: { type: 'string', default: '600' },
  },
})
const first = Number(values.from)
const deadline = Date.now() + Number(values.minutes) * 60_000
const results: string[] = []

for (let seed = first; seed < first + Number(values.count) && Date.now() < deadline; seed++) {
  const file = values.keep === undefined ? undefined : join(values.keep, `${seed}.jsonl`)
  if (file !== undefined && existsSync(file)) continue
  const text = (await runTrials(seed)).map((trial) => `${JSON.stringify(trial)}\n`).join('')
  if (file === undefined || values.keep === undefined) results.push(text)
  else {
    mkdirSync(values.keep, { recursive: true })
    writeFileSync(file, text)
  }
}
if (values.keep !== undefined && existsSync(values.keep))
  for (const file of readdirSync(values.keep)) results.push(readFileSync(join(values.keep, file), 'utf8'))

const trials = results
  .join('')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => weighedAnew(trialSchema.parse(JSON.parse(line))))
const culprits = trials.filter((trial) => trial.test === 'culprit')
const matches = trials
  .filter((trial) => trial.test === 'match')
  .filter(({ seed }) => seed >= FIRST_HELD_OUT_MATCH)
console.log(
  `Which track? ("shown": by a setting that the set shows, "hidden": in the source)\n${culpritTable(culprits)}\n`,
)
console.log(`${trustTable(culprits)}\n`)
console.log(`Is the mix a bounce of the set?\n${matchTable(matches)}\n`)
console.log(offsetTable(matches))
