import { baseRates, printBaseRates } from './findings/base-rates.ts'
import { calibrate } from './findings/calibrate.ts'
import { readExcerpts } from './findings/excerpts.ts'
import { listMasters, mastersIn } from './findings/masters.ts'
import { listPlanted, plantInto } from './findings/planted.ts'
import { printReliability, printRules, printSums } from './findings/print-results.ts'
import { judgePlanted } from './findings/verdicts.ts'

/**
 * How often findings are right: 27 defects at one to three sizes (jittered by ±20 %) planted into masters by make_defects.py,
 * and three harmless controls. Usage: npm run bench:findings [-- --plant SEED [FOLDER…]] [-- --calibrate] [-- --tuning]
 * --plant SEED   plants into every master of the folders named, or of the data folder, first (three minutes each; several
 *                runs over different folders may share the work); without it, what was planted before
 * --calibrate    counts the tuning masters and writes src/findings/calibration.ts
 * Excerpts of clean music that scripts/findings/fit-tone.ts measured say how often rules fire on music as it is.
 * --tuning       prints the tuning masters instead of the held-out ones
 */
const options = process.argv.slice(2)
const [seed, ...folders] = options.includes('--plant') ? options.slice(options.indexOf('--plant') + 1) : []
if (seed !== undefined)
  for (const master of folders.length === 0 ? listMasters() : folders.flatMap(mastersIn))
    await plantInto(master, seed)
const results = listPlanted().map(judgePlanted)
if (results.length === 0) {
  console.log(
    'Nothing is planted yet: npm run bench:findings -- --plant 1 (needs the data folder, python3, numpy, ffmpeg).',
  )
} else if (options.includes('--calibrate')) {
  calibrate(
    results.filter(({ planted }) => !planted.heldOut),
    baseRates(readExcerpts().filter(({ heldOut }) => !heldOut)),
  )
} else {
  const isTuning = options.includes('--tuning')
  const shown = results.filter(({ planted }) => planted.heldOut !== isTuning)
  const bases = [...new Set(shown.map(({ planted }) => planted.base))]
  console.log(`${bases.length} ${isTuning ? 'tuning' : 'held-out'} masters: ${bases.join(', ')}`)
  printSums(shown)
  printRules(shown)
  printReliability(shown)
  printBaseRates(baseRates(readExcerpts().filter(({ heldOut }) => heldOut !== isTuning)))
}
