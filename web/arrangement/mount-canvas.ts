/** Sizes a canvas to a box of CSS pixels, sharp on dense screens. @returns its context, scaled to CSS pixels */
export function sizedContext(
  canvas: HTMLCanvasElement,
  widthPx: number,
  heightPx: number,
): CanvasRenderingContext2D | null {
  const density = window.devicePixelRatio || 1
  const [width, height] = [Math.round(widthPx * density), Math.round(heightPx * density)]
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width
    canvas.height = height
    canvas.style.width = `${widthPx}px`
    canvas.style.height = `${heightPx}px`
  }
  const context = canvas.getContext('2d')
  context?.setTransform(density, 0, 0, density, 0, 0)
  return context
}

/** Runs `draw` once before the next frame, however often it is asked for. */
export function oncePerFrame(draw: () => void): { ask: () => void; now: () => void; stop: () => void } {
  let frame = 0
  return {
    ask: () => {
      if (frame !== 0) return
      frame = requestAnimationFrame(() => {
        frame = 0
        draw()
      })
    },
    now: draw,
    stop: () => cancelAnimationFrame(frame),
  }
}
