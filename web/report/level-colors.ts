/*
 * One hue from the ground to its far end, in equal steps of lightness as the eye sees them (OKLCH). Source of the
 * conversion: B. Ottosson, "A perceptual color space for image processing", 2020.
 */
const HUE_DEGREES = 200
const STEPS = 64

interface Ramp {
  /** OKLCH lightness 0…1 of the quietest and of the loudest. */
  quiet: number
  loud: number
}

const RAMPS: Record<'light' | 'dark', Ramp> = {
  light: { quiet: 0.97, loud: 0.22 },
  dark: { quiet: 0.2, loud: 0.95 },
}
/** Most colour stands in the middle; both ends fade to the neutral ground and to near black or white. */
const MOST_CHROMA = 0.1

const encode = (linear: number) => {
  const value = Math.min(Math.max(linear, 0), 1)
  return Math.round((value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055) * 255)
}

function oklchToRgb(lightness: number, chroma: number): readonly [number, number, number] {
  const hue = (HUE_DEGREES * Math.PI) / 180
  const a = chroma * Math.cos(hue)
  const b = chroma * Math.sin(hue)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encode(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

/** Colours for levels from quiet to loud. @returns 64 triples of red, green, blue, each 0…255 */
export function levelColors(scheme: 'light' | 'dark'): (readonly [number, number, number])[] {
  const { quiet, loud } = RAMPS[scheme]
  return Array.from({ length: STEPS }, (_unused, step) => {
    const share = step / (STEPS - 1)
    return oklchToRgb(quiet + (loud - quiet) * share, MOST_CHROMA * Math.sin(Math.PI * share))
  })
}
