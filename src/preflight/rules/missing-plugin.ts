import { type Rule, word } from '../rule.ts'

export const missingPlugin: Rule = {
  id: 'set-missing-plugin',
  severity: 'serious',
  title: 'A plug-in could not be loaded',
  reason: 'Live saved it as missing: whatever it did is not in the sound.',
  provenance: 'standard',
  source: 'noted by Live in the file when the set was saved',
  check: ({ tracks, set }) =>
    set.plugins.length === 0
      ? null
      : tracks.flatMap((track) =>
          track.allDevices
            .filter(({ plugin }) => plugin?.missing === true)
            .map((device) => ({
              track,
              device,
              present: word(`${device.plugin?.format ?? ''} missing`.trim()),
              proposed: word('install it, or freeze the track where it is installed'),
            })),
        ),
}
