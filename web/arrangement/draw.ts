import type { LiveSet, SetClip } from '../../src/als/contract.ts'
import { axisFont, cssColor } from '../report/time-plot.ts'
import type { Row } from './rows.ts'
import type { SetClock } from './set-clock.ts'

/** Room at left and right as all plots of the time axis leave it. */
export const GUTTER_PX = 40
export const EDGE_PX = 16
export const RULER_PX = 34

const LEAST_NAME_PX = 36
const CLIP_TOP_PX = 16
const CLIP_PX = 17
const GROUP_CLIP_PX = 8
const BAR_LABEL_PX = 44
const GRID_PX = 8
const SILENT_OPACITY = 0.35
const STEPS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
/** Here black and white letters stand out equally, at 4.6:1. Source: WCAG 2 contrast of relative luminances. */
const BLACK_FROM_LUMINANCE = 0.179

export interface Frame {
  context: CanvasRenderingContext2D
  widthPx: number
  heightPx: number
  fromSeconds: number
  toSeconds: number
  /** How far the rows are scrolled. */
  scrollPx: number
  clock: SetClock
  selected: number | null
}

interface Scale {
  fromBeat: number
  toBeat: number
  x: (beat: number) => number
}

function scaleOf({ widthPx, fromSeconds, toSeconds, clock }: Frame): Scale {
  const plotPx = widthPx - GUTTER_PX - EDGE_PX
  const perSecond = plotPx / (toSeconds - fromSeconds)
  return {
    fromBeat: clock.beatOf(fromSeconds),
    toBeat: clock.beatOf(toSeconds),
    x: (beat) => GUTTER_PX + (clock.secondsOf(beat) - fromSeconds) * perSecond,
  }
}

/** Every how many bars a line, or a number, stands clear of the next. */
function barStep(frame: Frame, { fromBeat, toBeat }: Scale, leastPx: number): number {
  const bars = Math.max(1, frame.clock.barOf(toBeat) - frame.clock.barOf(fromBeat))
  const barPx = (frame.widthPx - GUTTER_PX - EDGE_PX) / bars
  return STEPS.find((step) => step * barPx >= leastPx) ?? 1024
}

function clipToPlot({ context, widthPx, heightPx }: Frame): void {
  context.save()
  context.beginPath()
  context.rect(GUTTER_PX, 0, widthPx - GUTTER_PX - EDGE_PX, heightPx)
  context.clip()
}

/** Bars, locators and the loop above the rows. */
export function drawRuler(frame: Frame, { locators, loop }: Pick<LiveSet, 'locators' | 'loop'>): void {
  const { context, widthPx, heightPx, clock } = frame
  const scale = scaleOf(frame)
  context.clearRect(0, 0, widthPx, heightPx)
  context.font = axisFont()
  context.textBaseline = 'middle'
  clipToPlot(frame)
  if (loop?.on === true && loop.startBeat !== null && loop.lengthBeats !== null) {
    const left = scale.x(loop.startBeat)
    context.fillStyle = cssColor('--ts-accent')
    context.fillRect(left, 0, Math.max(2, scale.x(loop.startBeat + loop.lengthBeats) - left), 3)
  }
  context.fillStyle = cssColor('--ts-muted')
  for (const { beat, bar } of clock.barStarts(
    scale.fromBeat,
    scale.toBeat,
    barStep(frame, scale, BAR_LABEL_PX),
  )) {
    context.fillText(String(bar), scale.x(beat) + 3, 11)
    context.fillRect(Math.round(scale.x(beat)), 5, 1, 12)
  }
  drawLocators(frame, scale, locators)
  context.restore()
}

function drawLocators({ context }: Frame, scale: Scale, locators: LiveSet['locators']): void {
  context.fillStyle = cssColor('--ts-text')
  for (const [index, { beat, name }] of locators.entries()) {
    const x = scale.x(beat)
    const next = scale.x(locators[index + 1]?.beat ?? Number.POSITIVE_INFINITY)
    if (next < GUTTER_PX || beat > scale.toBeat) continue
    context.beginPath()
    context.moveTo(x, 19)
    context.lineTo(x + 7, 24)
    context.lineTo(x, 29)
    context.fill()
    const room = next - x - 14
    if (room > 12) context.fillText(shortened(context, name, room), x + 10, 25)
  }
}

/** The visible rows: clips in their colours, automation as lines. */
export function drawRows(frame: Frame, rows: readonly Row[]): void {
  const { context, widthPx, heightPx, scrollPx, selected } = frame
  const scale = scaleOf(frame)
  const colors = {
    line: cssColor('--ts-line'),
    plain: cssColor('--ts-trace'),
    edge: cssColor('--ts-edge'),
    letters: cssColor('--ts-text'),
  }
  context.clearRect(0, 0, widthPx, heightPx)
  context.font = axisFont()
  context.textBaseline = 'middle'
  clipToPlot(frame)
  context.fillStyle = colors.line
  for (const { beat } of frame.clock.barStarts(
    scale.fromBeat,
    scale.toBeat,
    barStep(frame, scale, GRID_PX),
  )) {
    context.fillRect(Math.round(scale.x(beat)), 0, 1, heightPx)
  }
  for (const row of rows) {
    const top = row.top - scrollPx
    if (row.drawn.index === selected) fill(context, cssColor('--ts-accent-soft'), 0, top, widthPx, row.height)
    context.fillStyle = colors.line
    context.fillRect(0, top + row.height - 1, widthPx, 1)
    if (row.kind === 'track') drawClips(frame, scale, row, top, colors)
    else drawAutomation(frame, scale, row, top)
  }
  context.restore()
}

function fill(
  context: CanvasRenderingContext2D,
  color: string,
  x: number,
  y: number,
  w: number,
  h: number,
): void {
  context.fillStyle = color
  context.fillRect(x, y, w, h)
}

/** Index of the first clip that may reach into view; clips of one track do not overlap, those of a group may. */
function firstVisible(clips: readonly SetClip[], fromBeat: number, isGroup: boolean): number {
  if (isGroup) return 0
  let [low, high] = [0, clips.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((clips[middle]?.endBeat ?? 0) < fromBeat) low = middle + 1
    else high = middle
  }
  return low
}

interface Colors {
  plain: string
  edge: string
  letters: string
}

function drawClips(frame: Frame, scale: Scale, row: Row, top: number, colors: Colors): void {
  const { context } = frame
  const { drawn } = row
  const isSummary = drawn.isGroup
  const y = top + (isSummary ? CLIP_TOP_PX + 5 : CLIP_TOP_PX)
  const height = isSummary ? GROUP_CLIP_PX : CLIP_PX
  let drawnTo = Number.NEGATIVE_INFINITY
  for (let at = firstVisible(drawn.clips, scale.fromBeat, isSummary); at < drawn.clips.length; at++) {
    const clip = drawn.clips[at]
    if (clip === undefined || (clip.startBeat ?? 0) > scale.toBeat) break
    const left = scale.x(clip.startBeat ?? 0)
    const right = Math.max(left + 1, scale.x(clip.endBeat ?? 0))
    if (right <= drawnTo + 0.5) continue
    drawnTo = right
    const color = clip.colorHex ?? drawn.track.colorHex ?? colors.plain
    const isSilent = drawn.isSilent || clip.disabled === true
    context.globalAlpha = isSilent ? SILENT_OPACITY : 1
    fill(context, color, left, y, right - left, height)
    if (right - left > 3) {
      context.strokeStyle = colors.edge
      context.strokeRect(left + 0.5, y + 0.5, right - left - 1, height - 1)
    }
    context.globalAlpha = 1
    if (isSummary || right - left < LEAST_NAME_PX) continue
    context.fillStyle = isSilent ? colors.letters : letterColor(color)
    drawName(context, clip, { left, right, y, height })
  }
}

interface Box {
  left: number
  right: number
  y: number
  height: number
}

function drawName(context: CanvasRenderingContext2D, clip: SetClip, box: Box): void {
  const from = Math.max(box.left, GUTTER_PX) + 4
  const room = box.right - from - 4
  if (room < 12 || clip.name === '') return
  context.fillText(shortened(context, clip.name, room), from, box.y + box.height / 2 + 0.5)
}

/** Relative luminance after WCAG decides between dark and light letters. */
function letterColor(hex: string): string {
  const channel = (from: number) => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
  return luminance > BLACK_FROM_LUMINANCE ? '#000000' : '#ffffff'
}

/** Most letters of a text that fit; measured by the mean letter, since measuring each costs more than drawing it. */
function shortened(context: CanvasRenderingContext2D, text: string, roomPx: number): string {
  const most = Math.floor(roomPx / 5)
  const short = text.length > most ? `${text.slice(0, Math.max(1, most - 1))}…` : text
  return context.measureText(short).width <= roomPx
    ? short
    : `${short.slice(0, Math.max(1, Math.floor(most * 0.7)))}…`
}

function drawAutomation(frame: Frame, scale: Scale, row: Row, top: number): void {
  if (row.kind !== 'lane') return
  const { context } = frame
  const { points, initial } = row.automation
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]))
  const least = values.reduce((low, value) => Math.min(low, value), initial ?? Number.POSITIVE_INFINITY)
  const most = values.reduce((high, value) => Math.max(high, value), initial ?? Number.NEGATIVE_INFINITY)
  const y = (value: number | null) => {
    const share = value === null ? 0 : most > least ? (value - least) / (most - least) : 0.5
    return top + row.height - 6 - share * (row.height - 12)
  }
  context.strokeStyle = cssColor('--ts-accent')
  context.lineWidth = 1.5
  context.beginPath()
  const first = points.findLastIndex(({ beat }) => beat <= scale.fromBeat)
  context.moveTo(scale.x(scale.fromBeat), y(points[first]?.value ?? initial ?? points[0]?.value ?? null))
  if (first >= 0) context.moveTo(scale.x(points[first]?.beat ?? 0), y(points[first]?.value ?? null))
  let held = points[first]?.value ?? initial
  for (const { beat, value } of points.slice(first + 1)) {
    if (first < 0 && held !== value && beat === points[0]?.beat)
      context.lineTo(scale.x(beat), y(held ?? value))
    context.lineTo(scale.x(beat), y(value))
    held = value
    if (beat > scale.toBeat) break
  }
  context.lineTo(Math.max(scale.x(scale.toBeat), scale.x(points.at(-1)?.beat ?? 0)), y(held ?? null))
  context.stroke()
  context.lineWidth = 1
}
