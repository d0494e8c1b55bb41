import type { LiveSet, SetChain, SetDevice, SetTrack } from '../../src/als/contract.ts'
import { visitDevices } from '../../src/als/resolve.ts'
import type { Truth, TruthChain, TruthDevice, TruthTrack } from './truth.ts'

const PLACE_OF_TYPE: Readonly<Record<string, string>> = {
  0: 'not-stored',
  1: 'outside-project',
  2: 'old-library',
  3: 'project',
  5: 'live-pack',
  6: 'user-library',
  7: 'built-in',
}
/** The truth rounds decibels to a hundredth. */
const DB = 0.0051

/** Compares a set with its truth field by field and keeps the differences. */
export class Comparison {
  fields = 0
  readonly differences: string[] = []

  equal(where: string, ours: unknown, truth: unknown, tolerance = 0): void {
    this.fields++
    const near = typeof ours === 'number' && typeof truth === 'number' && Math.abs(ours - truth) <= tolerance
    if (near || JSON.stringify(ours) === JSON.stringify(truth)) return
    this.differences.push(`${where}: ours ${JSON.stringify(ours)}, truth ${JSON.stringify(truth)}`)
  }

  set(set: LiveSet, truth: Truth): void {
    this.timing(set, truth)
    this.arrangement(set, truth)
    this.contents(set, truth)
    const tracks = [...truth.tracks, ...truth.returns, truth.main]
    this.equal('number of tracks', set.tracks.length, tracks.length)
    for (const [index, track] of set.tracks.entries()) {
      const expected = tracks[index]
      if (expected !== undefined) this.track(track, expected)
    }
  }

  private timing(set: LiveSet, truth: Truth): void {
    const { tempo_automation: automation, scale } = truth
    this.equal('creator', set.creator, truth.creator)
    this.equal('major', set.liveMajor, truth.major_version)
    this.equal('tempo', set.tempoBpm, truth.tempo, 1e-5)
    this.equal('tempo at start', set.tempoAtStartBpm, truth.tempo_at_start, 1e-5)
    this.equal('tempo points', set.tempoChanges.length, automation.points)
    for (const [index, [beat, bpm]] of automation.first.entries()) {
      this.equal(`tempo beat ${index}`, set.tempoChanges[index]?.beat, beat, 1e-5)
      this.equal(`tempo ${index}`, set.tempoChanges[index]?.bpm, bpm, 1e-5)
    }
    const tempos = set.tempoChanges.map(({ bpm }) => bpm).sort((one, other) => one - other)
    this.equal('slowest', tempos[0] ?? null, automation.min, 1e-4)
    this.equal('fastest', tempos.at(-1) ?? null, automation.max, 1e-4)
    this.equal('time signature', set.timeSignature, truth.time_signature)
    const signatures = set.timeSignatureChanges.map(({ beat, timeSignature }) => [beat, timeSignature])
    this.equal('time signatures', signatures, truth.time_signature_changes)
    const expected =
      scale === null || scale.looks_default
        ? null
        : { root: scale.root, rootName: scale.root_name, name: scale.name }
    this.equal('scale', set.scale, expected)
    this.equal('in key', set.inKey, scale?.in_key ?? null)
    this.equal('tuned', set.tuning !== null, (truth.tuning_systems ?? 0) > 0)
  }

  private arrangement(set: LiveSet, truth: Truth): void {
    const loop = { on: set.loop?.on, start: set.loop?.startBeat, length: set.loop?.lengthBeats }
    this.equal('loop', loop, truth.loop)
    this.equal('scenes', set.scenes.length, truth.scenes)
    this.equal(
      'scene tempos',
      set.scenes.filter(({ tempoBpm }) => tempoBpm !== null).length,
      truth.scene_tempos.length,
    )
    this.equal('locators', set.locators.length, truth.locators.length)
    for (const [index, locator] of truth.locators.entries()) {
      const ours = set.locators[index]
      this.equal(`locator ${index}`, [ours?.beat, ours?.name], [locator.beat, locator.name])
      this.equal(`locator ${index} seconds`, ours?.seconds, locator.seconds, 1e-3)
    }
    this.equal('length', set.arrangementLengthBeats, truth.arrangement_length_beats, 1e-5)
    this.equal('seconds', set.arrangementLengthSeconds, truth.arrangement_length_seconds, 1e-3)
  }

  private contents(set: LiveSet, truth: Truth): void {
    for (const [kind, count] of Object.entries(truth.track_counts)) {
      this.equal(`${kind} tracks`, set.tracks.filter((track) => track.kind === kind).length, count)
    }
    const sum = (view: keyof SetTrack['clips']) =>
      set.tracks.reduce((all, track) => all + track.clips[view], 0)
    const clips = [sum('arrangement'), sum('session'), sum('takeLanes'), sum('frozen')]
    this.equal('clips', clips, [
      truth.clips.arrangement,
      truth.clips.session,
      truth.clips.take_lanes,
      truth.clips.freeze,
    ])
    const frozen = set.tracks.filter((track) => track.frozen === true).map(({ name }) => name)
    this.equal('frozen tracks', frozen, truth.frozen_tracks)
    this.equal('cue volume', set.cueVolumeDb, truth.prehear_volume_db, DB)
    this.plugins(set, truth)
    this.devices(set, truth)
    const { samples } = set
    const refs = truth.sample_refs
    this.equal('samples', samples.total, refs.total)
    this.equal('unique samples', samples.unique, refs.unique)
    this.equal('unnamed samples', samples.unnamed, refs.unnamed)
    this.equal('samples outside', samples.outsideProject, refs.absolute_or_outside_project)
    for (const [type, count] of Object.entries(refs.by_relative_path_type)) {
      this.equal(`samples of type ${type}`, samples.byPlace[PLACE_OF_TYPE[type] ?? ''], count)
    }
  }

  private plugins(set: LiveSet, truth: Truth): void {
    const line = (plugin: Truth['plugins'][number]) =>
      [plugin.format, plugin.name, plugin.vendor, plugin.instrument, plugin.count, plugin.disabled].join(
        ' | ',
      )
    const ours = set.plugins
      .filter(({ format }) => format !== 'Max')
      .map((plugin) => line({ ...plugin, name: plugin.name ?? '' }))
    this.equal('plug-ins', ours.sort(), truth.plugins.map(line).sort())
  }

  private devices(set: LiveSet, truth: Truth): void {
    const histogram: Record<string, number> = {}
    let off = 0
    for (const track of set.tracks) {
      visitDevices(track.devices, (device) => {
        histogram[device.class] = (histogram[device.class] ?? 0) + 1
        if (device.on === false) off++
      })
    }
    const total = Object.values(histogram).reduce((sum, count) => sum + count, 0)
    this.equal('devices', total, truth.devices_total)
    this.equal('devices off', off, truth.devices_off)
    this.equal('classes', Object.entries(histogram).sort(), Object.entries(truth.device_histogram).sort())
  }

  private track(track: SetTrack, truth: TruthTrack): void {
    const where = `track ${track.id ?? track.kind} `
    this.equal(`${where}id`, track.id, truth.id)
    this.equal(`${where}name`, track.name, truth.name)
    this.equal(`${where}kind`, track.kind, truth.kind)
    this.equal(`${where}colour`, String(track.color), truth.color)
    this.equal(`${where}volume`, track.volumeDb, truth.volume_db, DB)
    this.equal(`${where}pan`, track.pan, truth.pan, 1e-5)
    this.equal(`${where}split pan`, track.splitPan !== null, truth.pan_mode === '1')
    this.equal(`${where}muted`, track.muted, truth.muted)
    this.equal(`${where}soloed`, track.soloed, truth.soloed)
    this.equal(`${where}output`, track.output?.target, truth.output)
    const open = track.sends.filter((send) => send.db !== null)
    this.equal(
      `${where}sends`,
      sorted(open.map(({ returnName }) => returnName ?? '')),
      sorted(Object.keys(truth.sends_db)),
    )
    for (const send of open) {
      this.equal(`${where}send ${send.returnName}`, send.db, truth.sends_db[send.returnName ?? ''], DB)
    }
    this.equal(`${where}automated`, track.automatedParameters, truth.automated_parameters)
    this.deviceList(where, track.devices, truth.devices)
    this.volumeAutomation(where, track, truth)
    if (track.kind !== 'main') this.clips(where, track, truth)
  }

  private clips(where: string, track: SetTrack, truth: TruthTrack): void {
    this.equal(`${where}group`, track.groupId, truth.group_id)
    this.equal(`${where}frozen`, track.frozen, truth.frozen)
    const counts = [track.clips.arrangement, track.clips.session, track.clips.takeLanes, track.clips.frozen]
    this.equal(`${where}clips`, counts, [
      truth.clips_arrangement,
      truth.clips_session,
      truth.clips_take_lanes,
      truth.clips_freeze,
    ])
    this.equal(`${where}lanes`, track.takeLaneNames.length, truth.take_lanes)
    this.equal(`${where}end`, track.arrangementEndBeats, truth.arrangement_end, 1e-5)
    const off = track.clipList.filter(({ disabled }) => disabled === true).length
    this.equal(`${where}deactivated clips`, off, truth.clips_deactivated)
    const modes: Record<string, number> = {}
    for (const { audio, view } of track.clipList) {
      if (audio === null || view === 'take-lane') continue
      const mode = audio.warped === true ? String(audio.warpMode) : 'off'
      modes[mode] = (modes[mode] ?? 0) + 1
    }
    this.equal(
      `${where}warp modes`,
      Object.entries(modes).sort(),
      Object.entries(truth.warp_modes ?? {}).sort(),
    )
  }

  private volumeAutomation(where: string, track: SetTrack, truth: TruthTrack): void {
    const ours = track.automation.find(
      ({ deviceId, parameter }) => deviceId === null && parameter === 'volumeDb',
    )
    this.equal(`${where}volume points`, ours?.pointCount, truth.volume_automation?.points)
    if (ours === undefined || truth.volume_automation === undefined) return
    const values = [ours.initial, ...ours.points.map(({ value }) => value)].filter((value) => value !== null)
    const { first_db, min_db, max_db } = truth.volume_automation
    this.equal(`${where}volume first`, values[0], first_db, DB)
    this.equal(`${where}volume least`, Math.min(...values), min_db, DB)
    this.equal(`${where}volume most`, Math.max(...values), max_db, DB)
  }

  private deviceList(where: string, devices: readonly SetDevice[], truth: readonly TruthDevice[]): void {
    this.equal(`${where}devices`, devices.length, truth.length)
    for (const [index, device] of devices.entries()) {
      const expected = truth[index]
      if (expected !== undefined) this.device(`${where}${device.class} ${index} `, device, expected)
    }
  }

  private device(where: string, device: SetDevice, truth: TruthDevice): void {
    this.equal(`${where}class`, device.class, truth.type)
    this.equal(`${where}on`, device.on, truth.on)
    this.equal(`${where}user name`, device.userName, truth.user_name ?? null)
    const { plugin, sidechain } = device
    this.equal(
      `${where}plug-in`,
      plugin === null || plugin.format === 'Max'
        ? null
        : [plugin.format, plugin.name, plugin.vendor, plugin.instrument],
      truth.plugin === undefined
        ? null
        : [truth.plugin.format, truth.plugin.name, truth.plugin.vendor ?? null, truth.plugin.instrument],
    )
    if (truth.plugin !== undefined) {
      const missing = truth.plugin.unusable ?? truth.plugin.placeholder ?? null
      this.equal(`${where}missing`, plugin?.missing ?? null, missing)
    }
    this.equal(`${where}patch`, plugin?.format === 'Max' ? plugin.name : null, truth.max_patch ?? null)
    this.equal(
      `${where}side-chain`,
      sidechain === null ? null : [sidechain.trackId, sidechain.trackName, sidechain.source],
      truth.sidechain === undefined
        ? null
        : [truth.sidechain.source_id, truth.sidechain.source_track, truth.sidechain.display],
    )
    this.parameters(where, device, truth)
    this.chainList(`${where}chain `, device.chains, truth.chains)
    this.chainList(`${where}return chain `, device.returnChains, truth.return_chains)
  }

  private parameters(where: string, device: SetDevice, truth: TruthDevice): void {
    for (const [snake, expected] of Object.entries(truth.params ?? {})) {
      const key = snake.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
      const ours = device.parameters[key]
      if (!Array.isArray(expected)) {
        this.equal(`${where}${key}`, ours, expected, DB)
        continue
      }
      const bands = Array.isArray(ours) ? ours.filter(({ on }) => on === true) : []
      this.equal(`${where}bands`, bands.length, expected.length)
      for (const [index, band] of expected.entries()) {
        const mine = bands[index]
        const name = `${where}band ${band.band} `
        this.equal(`${name}number`, mine?.band, band.band)
        this.equal(`${name}mode`, mine?.mode, band.mode)
        this.equal(`${name}frequency`, mine?.freqHz, band.freq_hz, DB)
        this.equal(`${name}gain`, mine?.gainDb, band.gain_db, DB)
        this.equal(`${name}Q`, mine?.q, band.q, DB)
      }
    }
  }

  private chainList(where: string, chains: readonly SetChain[], truth: readonly TruthChain[]): void {
    this.equal(`${where}count`, chains.length, truth.length)
    for (const [index, chain] of chains.entries()) {
      const expected = truth[index]
      if (expected === undefined) continue
      const here = `${where}${index} `
      this.equal(`${here}name`, chain.name, expected.name)
      this.equal(`${here}volume`, chain.volumeDb, expected.volume_db, DB)
      this.equal(`${here}on`, chain.on, expected.on)
      this.equal(`${here}note`, chain.midiNote, noteOf(expected))
      this.deviceList(here, chain.devices, expected.devices)
    }
  }
}

/**
 * The truth subtracts the stored note from 128 also where 0 is stored: 128 is no MIDI note. The pad then receives no
 * note of its own.
 */
function noteOf(chain: TruthChain): number | null {
  return chain.midi_note === undefined || chain.midi_note > 127 ? null : chain.midi_note
}

function sorted(names: readonly string[]): string[] {
  return [...names].sort((one, other) => (one < other ? -1 : 1))
}
