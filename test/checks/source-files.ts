import { execFileSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { projectRoot } from '../support/start-service.ts'

/** Every file of the project that is no build product, as git or, outside a checkout, the folders say. */
export function listProjectFiles(): string[] {
  try {
    const listed = execFileSync('git', ['ls-files', '-z'], {
      cwd: projectRoot,
      encoding: 'utf8',
      stdio: 'pipe',
    })
    return listed.split('\0').filter((file) => file !== '')
  } catch {
    return globSync('{src,workers,web,bin,scripts,test,docs,lint}/**/*.*', {
      cwd: projectRoot,
      exclude: (name) => name === 'dist' || name === 'node_modules',
    })
  }
}
