// Prints how well numbers that are not from the analysis are told apart from those that are.
import { confusionOf } from '../test/grounding/confusion.ts'
import { readAnswers, readReport } from '../test/grounding/marked-answers.ts'

const report = await readReport()
for (const name of ['answers.txt', 'held-out.txt', 'fresh.txt', 'evasive.txt', 'last.txt'] as const) {
  const table = confusionOf(report, await readAnswers(name))
  const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`
  console.log(`\n${name}: ${table.answers} answers`)
  console.log('                      marked   not marked')
  console.log(
    `not from the analysis ${String(table.caught).padStart(6)} ${String(table.missed.length).padStart(12)}   caught ${share(table.caught, table.caught + table.missed.length)}`,
  )
  console.log(
    `from it, or advice    ${String(table.accused.length).padStart(6)} ${String(table.cleared).padStart(12)}   accused ${share(table.accused.length, table.accused.length + table.cleared)}`,
  )
  for (const [kind, { caught, all }] of table.kinds) console.log(`  ${kind.padEnd(16)} ${caught} of ${all}`)
  for (const line of table.missed) console.log(`  missed:  ${line}`)
  for (const line of table.accused) console.log(`  accused: ${line}`)
}
