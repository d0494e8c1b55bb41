import { DEMO_BARS, DEMO_BPM, demoParts, type Part } from './synth.ts'

/** A Live set of the demo track, in the shape that Live 11 writes. */
type Xml = string

const leaf = (name: string, value: string | number | boolean): Xml => `<${name} Value="${value}" />`
const tag = (name: string, inner: Xml[], attributes = ''): Xml =>
  `<${name}${attributes}>${inner.join('')}</${name}>`

function createIds() {
  let last = 1000
  return () => {
    last += 1
    return last
  }
}

function parameter(name: string, value: string | number | boolean, nextId: () => number): Xml {
  return tag(name, [
    leaf('Manual', value),
    `<AutomationTarget Id="${nextId()}"><LockEnvelope Value="0" /></AutomationTarget>`,
  ])
}

function mixer(volumeDb: number, nextId: () => number, extra: Xml[] = []): Xml {
  return tag('Mixer', [
    parameter('Volume', 10 ** (volumeDb / 20), nextId),
    parameter('Pan', 0, nextId),
    parameter('Speaker', true, nextId),
    leaf('SoloSink', false),
    '<Sends />',
    ...extra,
  ])
}

function device(name: string, parameters: [string, string | number | boolean][], nextId: () => number): Xml {
  const inner = parameters.map(([key, value]) => parameter(key, value, nextId))
  return tag(name, [parameter('On', true, nextId), leaf('UserName', ''), ...inner], ` Id="${nextId()}"`)
}

/** The notes of one clip: the pattern of a bar, as often as the clip is long. */
function midiClip(part: Part, from: number, to: number, nextId: () => number): Xml {
  const byKey = new Map<number, Xml[]>()
  for (let bar = 0; bar < to - from; bar += 1)
    for (const note of part.pattern) {
      const event = `<MidiNoteEvent Time="${bar * 4 + note.beat}" Duration="${note.length}" Velocity="${note.velocity}" OffVelocity="64" IsEnabled="true" NoteId="${nextId()}" />`
      byKey.set(note.key, [...(byKey.get(note.key) ?? []), event])
    }
  const keyTracks = [...byKey].map(([key, events]) =>
    tag('KeyTrack', [tag('Notes', events), leaf('MidiKey', key)], ` Id="${nextId()}"`),
  )
  return tag(
    'MidiClip',
    [
      leaf('CurrentStart', from * 4),
      leaf('CurrentEnd', to * 4),
      leaf('Name', part.name),
      leaf('Disabled', false),
      tag('Notes', [tag('KeyTracks', keyTracks)]),
    ],
    ` Id="${nextId()}" Time="${from * 4}"`,
  )
}

function audioClip(part: Part, from: number, to: number, nextId: () => number): Xml {
  return tag(
    'AudioClip',
    [
      leaf('CurrentStart', from * 4),
      leaf('CurrentEnd', to * 4),
      leaf('Name', part.name),
      leaf('Disabled', false),
      leaf('IsWarped', true),
      leaf('WarpMode', 0),
      leaf('SampleVolume', 1),
      leaf('PitchCoarse', 0),
      tag('SampleRef', [
        tag('FileRef', [
          leaf('RelativePathType', 3),
          leaf('RelativePath', `Samples/Imported/${part.name}.wav`),
          leaf('Path', `/Samples/Imported/${part.name}.wav`),
        ]),
      ]),
    ],
    ` Id="${nextId()}" Time="${from * 4}"`,
  )
}

function devicesOf(part: Part, nextId: () => number): Xml[] {
  if (part.name === 'Bass')
    return [
      device(
        'Saturator',
        [
          ['PreDrive', 4],
          ['DryWet', 1],
        ],
        nextId,
      ),
      device(
        'Compressor2',
        [
          ['Threshold', 0.25],
          ['Ratio', 4],
        ],
        nextId,
      ),
    ]
  if (part.name === 'Pad')
    return [
      device(
        'Reverb',
        [
          ['DecayTime', 3200],
          ['MixDirect', 0.35],
        ],
        nextId,
      ),
    ]
  return []
}

function track(part: Part, nextId: () => number): Xml {
  const clips = part.bars.map(([from, to]) =>
    (part.kind === 'midi' ? midiClip : audioClip)(part, from, to, nextId),
  )
  const events = tag('ArrangerAutomation', [tag('Events', clips)])
  const sequencer = tag('MainSequencer', [
    part.kind === 'midi' ? tag('ClipTimeable', [events]) : tag('Sample', [events]),
  ])
  return tag(
    part.kind === 'midi' ? 'MidiTrack' : 'AudioTrack',
    [
      tag('Name', [leaf('EffectiveName', part.name), leaf('UserName', part.name)]),
      leaf('Color', demoParts.indexOf(part) * 3),
      leaf('TrackGroupId', -1),
      leaf('Freeze', false),
      tag('DeviceChain', [
        tag('AudioOutputRouting', [leaf('Target', 'AudioOut/Master')]),
        mixer(part.volumeDb, nextId),
        sequencer,
        tag('DeviceChain', [tag('Devices', devicesOf(part, nextId))]),
      ]),
    ],
    ` Id="${nextId()}"`,
  )
}

function locators(nextId: () => number): Xml {
  const named: [number, string][] = [
    [0, 'Intro'],
    [4, 'Groove'],
    [12, 'Break'],
    [16, 'Drop'],
  ]
  const list = named.map(([bar, name]) =>
    tag('Locator', [leaf('Time', bar * 4), leaf('Name', name)], ` Id="${nextId()}"`),
  )
  return tag('Locators', [tag('Locators', list)])
}

function masterTrack(nextId: () => number): Xml {
  const timing = [parameter('Tempo', DEMO_BPM, nextId), parameter('TimeSignature', 201, nextId)]
  const limiter = device(
    'Limiter',
    [
      ['Gain', 3],
      ['Ceiling', -0.3],
    ],
    nextId,
  )
  return tag('MasterTrack', [
    tag('Name', [leaf('EffectiveName', 'Master'), leaf('UserName', '')]),
    tag('DeviceChain', [mixer(0, nextId, timing), tag('DeviceChain', [tag('Devices', [limiter])])]),
  ])
}

export function renderLiveSetXml(): string {
  const nextId = createIds()
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag(
    'Ableton',
    [
      tag('LiveSet', [
        tag(
          'Tracks',
          demoParts.map((part) => track(part, nextId)),
        ),
        masterTrack(nextId),
        locators(nextId),
        tag('Transport', [leaf('LoopOn', false), leaf('LoopStart', 0), leaf('LoopLength', DEMO_BARS * 4)]),
      ]),
    ],
    ' MajorVersion="5" MinorVersion="11.0_11300" Creator="Ableton Live 11.3.13"',
  )}\n`
}
