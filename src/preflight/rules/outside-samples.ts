import { count, type Rule, word } from '../rule.ts'

export const outsideSamples: Rule = {
  id: 'set-outside-samples',
  severity: 'info',
  title: 'Samples lie outside the project',
  reason: 'They are missing as soon as the project moves to another machine or their folder changes.',
  provenance: 'standard',
  source: 'Live manual, Managing Files and Sets: Collect All and Save',
  check: ({ set }) => {
    if (set.samples.total === 0) return null
    const files = set.samples.files.filter(({ place }) => place === 'outside-project').length
    if (set.samples.outsideProject === 0) return []
    return [
      {
        present: count(Math.max(files, 1), files === 1 ? 'file' : 'files'),
        proposed: word('File › Collect All and Save'),
        doubt: 'The set cannot say whether a file is missing already, only where it expects it.',
      },
    ]
  },
}
