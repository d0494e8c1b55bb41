import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Report, reportSchema } from '../../src/report/contract.ts'

/** A hand-written answer; the pieces that are not from the analysis are known. */
export interface MarkedAnswer {
  kind: string
  text: string
  bad: { start: number; end: number }[]
}

const folder = import.meta.dirname

/** "kind: text", where {{…}} marks what is not from the analysis and \n stands for a new line. */
function readLine(line: string): MarkedAnswer {
  const [, kind = '', marked = ''] = /^([a-z-]+): ([\s\S]*)$/.exec(line.replaceAll('\\n', '\n')) ?? []
  const bad: MarkedAnswer['bad'] = []
  let text = ''
  for (const [index, part] of marked.split(/\{\{|\}\}/).entries()) {
    if (index % 2 === 1) bad.push({ start: text.length, end: text.length + part.length })
    text += part
  }
  return { kind, text, bad }
}

export async function readAnswers(
  name: 'answers.txt' | 'held-out.txt' | 'fresh.txt' | 'evasive.txt' | 'last.txt',
): Promise<MarkedAnswer[]> {
  const lines = (await readFile(path.join(folder, name), 'utf8')).split('\n')
  return lines.filter((line) => line !== '').map((line) => readLine(line.replace(/\n/g, ' ')))
}

/** The analysis that all answers speak of. */
export async function readReport(): Promise<Report> {
  return reportSchema.parse(JSON.parse(await readFile(path.join(folder, 'report.json'), 'utf8')))
}
