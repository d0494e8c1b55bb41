import type { Section } from '../../src/audio/contract.ts'
import { capitalised, formatNumber, formatTime } from '../ui/format.ts'

const FAIRLY_SURE = 0.75
const LIKELY = 0.5
const LOUDEST_DB = 1
const LOUD_DB = 4
const MIDDLE_DB = 9

/** Labels say what a part sounds like, not what its author calls it. */
const LABELS: Record<Section['label'], string> = {
  intro: 'Intro',
  verse: 'Verse-like',
  build: 'Build',
  drop: 'Drop',
  chorus: 'Chorus-like',
  breakdown: 'Breakdown',
  outro: 'Outro',
  section: 'Part',
}

/** The name of a label as it is stored. */
export function sectionLabel(label: string): string {
  return Object.entries(LABELS).find(([known]) => known === label)?.[1] ?? capitalised(label)
}

/** How sure a guess is, in words: 0…1. */
export function sureWords(confidence: number): string {
  if (confidence >= FAIRLY_SURE) return 'fairly sure'
  return confidence >= LIKELY ? 'likely' : 'a guess'
}

/** The name of a section; with a question mark where it is a guess. */
export function sectionName(section: Section): string {
  return `${LABELS[section.label]}${section.confidence < LIKELY ? '?' : ''}`
}

function energyWords(energyDb: number): string {
  if (energyDb > -LOUDEST_DB) return 'full energy'
  const below = `${formatNumber(-energyDb, 1)} dB below the loudest part`
  if (energyDb > -LOUD_DB) return `high energy, ${below}`
  return energyDb > -MIDDLE_DB ? `medium energy, ${below}` : `low energy, ${below}`
}

/** A section in one line: "Drop, 1:02 to 1:34: full energy; fairly sure". */
export function sectionWords(section: Section): string {
  const place = `${formatTime(section.startSeconds)} to ${formatTime(section.endSeconds)}`
  return `${capitalised(LABELS[section.label])}, ${place}: ${energyWords(section.energyDb)}; ${sureWords(section.confidence)}`
}
