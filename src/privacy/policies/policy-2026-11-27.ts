import type { Policy } from '../contract.ts'
import { policy20261121 } from './policy-2026-11-21.ts'

const before = policy20261121

/** Says what a link to a report shows, and that not every installation has a language model. */
export const policy20261127: Policy = {
  version: '2026-11-27',
  isSignificant: false,
  changes:
    'Says what a link to a report shows to others, and that fixed rules answer where no language model is set up.',
  sections: before.sections.flatMap((section) =>
    section.title === 'Who else sees what'
      ? [
          {
            title: section.title,
            paragraphs: [
              'Where no language model is set up, fixed rules answer your questions, and nothing of this paragraph happens. Otherwise Anthropic (Claude) answers. It gets the measured numbers, what you said about the track, and your messages, with file, track and clip names and addresses replaced. It never gets audio, your name, your address or your account’s number; Anthropic does not train on data sent this way. You can object on your account page: then a coach without any language model answers.',
              ...section.paragraphs.slice(1),
            ],
          },
          {
            title: 'Links to your reports',
            paragraphs: [
              'Nobody else can read a report unless you make a link to it. A link stops working after 1, 7 or 30 days, as you choose, never outlives the report, and can be revoked at any time.',
              'Names of files, tracks and clips are shown only if you choose so when you make the link; your name, your address and the chat never are. Of the link we keep a one-way hash, and of those who follow it a line in the server log and, for a minute, a count of visits against overuse.',
            ],
          },
        ]
      : [section],
  ),
  periods: [
    ...before.periods,
    { what: 'A link to a report', howLong: '1, 7 or 30 days, and no longer than the report' },
  ],
}
