import { ActionIcon, Button } from '@mantine/core'
import { type Timeline, useTimeline } from '../report/timeline.ts'
import { MinusIcon, PlusIcon } from '../ui/icons.tsx'
import classes from './arrangement.module.css'

interface ZoomButtonsProps {
  timeline: Timeline
  /** What is shown whole. */
  whole: 'track' | 'set'
}

export function ZoomButtons({ timeline, whole }: ZoomButtonsProps) {
  const { fromSeconds, toSeconds, durationSeconds } = useTimeline(timeline)
  const isWhole = fromSeconds <= 0 && toSeconds >= durationSeconds
  return (
    <div className={classes.zoom}>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={`Show less of the ${whole}`}
        onClick={() => timeline.zoomBy(0.5)}
      >
        <PlusIcon />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={`Show more of the ${whole}`}
        disabled={isWhole}
        onClick={() => timeline.zoomBy(2)}
      >
        <MinusIcon />
      </ActionIcon>
      <Button
        variant="default"
        size="xs"
        h={34}
        px={10}
        disabled={isWhole}
        aria-label={`Show the whole ${whole}`}
        onClick={() => timeline.showAll()}
      >
        Whole
      </Button>
    </div>
  )
}
