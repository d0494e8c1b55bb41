import { parseCommand, USAGE, UsageError } from './tracksensei-arguments.ts'

/** Exit status: all went well · a file failed, the others were done · wrong usage. */
const FAILED = 1
const MISUSED = 2

// A reader that has seen enough (`… | head -1`) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

try {
  const command = parseCommand(process.argv.slice(2))
  if (command.name === 'help') {
    process.stdout.write(USAGE)
  } else if (command.name === 'analyze') {
    const { analyze } = await import('./tracksensei-analyze.ts')
    if (!(await analyze(command))) process.exitCode = FAILED
  } else if (command.name === 'check-report') {
    const { checkReports } = await import('./tracksensei-check.ts')
    if (!checkReports(command.files, command.json)) process.exitCode = FAILED
  } else {
    const { printSets } = await import('./tracksensei-set.ts')
    if (!(await printSets(command))) process.exitCode = FAILED
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`tracksensei: ${error.message}\n\n${USAGE}`)
  process.exitCode = MISUSED
}
