import type { Section, Structure } from '../../src/audio/contract.ts'
import { sectionName, sectionWords } from './section-words.ts'
import classes from './sections.module.css'
import { type Timeline, useTimeline } from './timeline.ts'

/** From the energy's floor to the loudest section: how strong the accent shows. */
const FLOOR_DB = -18
const WEAKEST_PERCENT = 6
const STRONGEST_PERCENT = 38

function tint(energyDb: number): string {
  const share = Math.min(Math.max(1 - energyDb / FLOOR_DB, 0), 1)
  const percent = WEAKEST_PERCENT + share * (STRONGEST_PERCENT - WEAKEST_PERCENT)
  return `color-mix(in oklab, var(--ts-accent) ${percent.toFixed(0)}%, var(--ts-surface))`
}

interface SectionsProps {
  structure: Structure
  timeline: Timeline
}

const isAt = (section: Section, seconds: number) =>
  seconds >= section.startSeconds && seconds < section.endSeconds

/** The parts of the track over the time axis; the line below tells about the one under pointer or playhead. */
export function Sections({ structure, timeline }: SectionsProps) {
  const { fromSeconds, toSeconds, hoverSeconds, playheadSeconds } = useTimeline(timeline)
  const percent = (seconds: number) =>
    Math.min(Math.max((seconds - fromSeconds) / (toSeconds - fromSeconds), 0), 1) * 100
  const here = hoverSeconds ?? playheadSeconds
  const current = structure.sections.find((section) => isAt(section, here)) ?? structure.sections.at(-1)
  return (
    <div id="structure" tabIndex={-1}>
      <ol className={classes.band} aria-label="Sections">
        {structure.sections.map((section, index) => {
          if (section.endSeconds <= fromSeconds || section.startSeconds >= toSeconds) return null
          const left = percent(section.startSeconds)
          return (
            <li
              key={section.startSeconds}
              id={`structure.sections[${index}]`}
              className={classes.section}
              style={{ left: `${left}%`, width: `${percent(section.endSeconds) - left}%` }}
            >
              <button
                type="button"
                title={sectionWords(section)}
                aria-label={sectionWords(section)}
                aria-current={section === current ? 'true' : undefined}
                style={{ background: tint(section.energyDb) }}
                onClick={() => timeline.seek(section.startSeconds)}
                onMouseEnter={() => timeline.hover(section.startSeconds)}
                onMouseLeave={() => timeline.hover(null)}
              >
                {sectionName(section)}
              </button>
            </li>
          )
        })}
      </ol>
      {current !== undefined && <p className={classes.line}>{sectionWords(current)}</p>}
    </div>
  )
}
