import { VisuallyHidden } from '@mantine/core'
import { countOf } from '../ui/format.ts'
import classes from './arrangement.module.css'
import { parameterName } from './parameter-words.ts'
import type { Row } from './rows.ts'
import { type ArrangementView, useArrangementView } from './view-state.ts'

const INDENT_PX = 10

export function rowId(row: Row): string {
  const track = `arrangement-${row.drawn.index}`
  return row.kind === 'track'
    ? track
    : `${track}-${row.automation.deviceId ?? 'mixer'}-${row.automation.parameter}`
}

function laneWords(row: Row & { kind: 'lane' }): string {
  const { deviceName, parameter, pointCount } = row.automation
  const name = parameterName(parameter)
  return `${deviceName === null ? name : `${deviceName}: ${name}`}, ${countOf(pointCount, 'point', 'points')}`
}

interface RowLabelProps {
  row: Row
  isSelected: boolean
  view: ArrangementView
}

/** Name of a row over its left end; what it opens stands in the gutter. */
export function RowLabel({ row, isSelected, view }: RowLabelProps) {
  const { folded, lanes } = useArrangementView(view)
  const { drawn } = row
  const place = { transform: `translateY(${row.top}px)`, height: row.height }
  if (row.kind === 'lane') {
    return (
      <div
        id={rowId(row)}
        className={classes.label}
        style={place}
        role="option"
        tabIndex={-1}
        aria-selected="false"
      >
        <span className={classes.name} data-lane="true">
          {laneWords(row)}
        </span>
      </div>
    )
  }
  const isOpen = drawn.isGroup ? !folded.has(drawn.index) : lanes.has(drawn.index)
  const canOpen = drawn.isGroup || drawn.track.automation.length > 0
  return (
    <div
      id={rowId(row)}
      className={classes.label}
      style={place}
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
    >
      <span
        className={classes.opener}
        data-kind={canOpen ? (drawn.isGroup ? 'group' : 'lanes') : 'none'}
        data-open={isOpen}
      />
      <span
        className={classes.name}
        style={{ marginLeft: drawn.depth * INDENT_PX }}
        data-group={drawn.isGroup}
      >
        {drawn.name}
        <VisuallyHidden component="span">
          {`, ${countOf(drawn.clips.length, 'clip', 'clips')}${drawn.isSilent ? ', off' : ''}`}
          {canOpen && `, ${drawn.isGroup ? 'group' : 'automation'} ${isOpen ? 'open' : 'closed'}`}
        </VisuallyHidden>
      </span>
    </div>
  )
}
