import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/*
 * The look in one file. Greys lean slightly towards cyan, like anodised studio gear; the one accent is a petrol
 * that stays legible on both grounds. Signal colours (warn, bad, good) never stand without a word or a sign.
 * Every text pair reaches 4.5:1, every edge that must be seen 3:1, in both schemes.
 */

const petrol: MantineColorsTuple = [
  '#e9f7f8',
  '#d3ecee',
  '#a9dadd',
  '#7ccace',
  '#54c3ca',
  '#2aa3ac',
  '#14818a',
  '#0b6b75',
  '#09565e',
  '#063f45',
]

const grey: MantineColorsTuple = [
  '#f4f6f6',
  '#e9eded',
  '#d9dfe0',
  '#c3cccd',
  '#a3afb1',
  '#7d8b8e',
  '#566467',
  '#3f4b4e',
  '#283234',
  '#141a1b',
]

const dark: MantineColorsTuple = [
  '#e6ecec',
  '#c5cfd0',
  '#9dabad',
  '#758486',
  '#3d494b',
  '#2b3537',
  '#20282a',
  '#121718',
  '#0d1112',
  '#090c0d',
]

const coral: MantineColorsTuple = [
  '#fdecea',
  '#fad5d1',
  '#f5aaa2',
  '#ff9a8c',
  '#ff8877',
  '#e25c4b',
  '#c53b2b',
  '#ad2c1e',
  '#8f2216',
  '#701910',
]

interface Palette {
  ground: string
  surface: string
  raised: string
  line: string
  edge: string
  text: string
  muted: string
  accent: string
  accentSoft: string
  onAccent: string
  trace: string
  warn: string
  warnSoft: string
  bad: string
  badSoft: string
  good: string
}

const light: Palette = {
  ground: '#f4f6f6',
  surface: '#ffffff',
  raised: '#ffffff',
  line: '#d9dfe0',
  edge: '#7d8b8e',
  text: '#141a1b',
  muted: '#526063',
  accent: '#0b6b75',
  accentSoft: '#dceff0',
  onAccent: '#ffffff',
  trace: '#8e9b9e',
  warn: '#855000',
  warnSoft: '#fbf0dd',
  bad: '#ad2c1e',
  badSoft: '#fdecea',
  good: '#2c6a36',
}

const night: Palette = {
  ground: '#121718',
  surface: '#181e20',
  raised: '#20282a',
  line: '#2b3537',
  edge: '#758486',
  text: '#e6ecec',
  muted: '#9dabad',
  accent: '#54c3ca',
  accentSoft: '#14363a',
  onAccent: '#071516',
  trace: '#6d7c7f',
  warn: '#f0b65a',
  warnSoft: '#322612',
  bad: '#ff9a8c',
  badSoft: '#371a17',
  good: '#86cf92',
}

function schemeVariables(palette: Palette): Record<`--${string}`, string> {
  return {
    '--ts-ground': palette.ground,
    '--ts-surface': palette.surface,
    '--ts-raised': palette.raised,
    '--ts-line': palette.line,
    '--ts-edge': palette.edge,
    '--ts-text': palette.text,
    '--ts-muted': palette.muted,
    '--ts-accent': palette.accent,
    '--ts-accent-soft': palette.accentSoft,
    '--ts-on-accent': palette.onAccent,
    '--ts-trace': palette.trace,
    '--ts-warn': palette.warn,
    '--ts-warn-soft': palette.warnSoft,
    '--ts-bad': palette.bad,
    '--ts-bad-soft': palette.badSoft,
    '--ts-good': palette.good,
    '--mantine-color-body': palette.ground,
    '--mantine-color-text': palette.text,
    '--mantine-color-dimmed': palette.muted,
    '--mantine-color-placeholder': palette.muted,
    '--mantine-color-default': palette.surface,
    '--mantine-color-default-hover': palette.accentSoft,
    '--mantine-color-default-color': palette.text,
    '--mantine-color-default-border': palette.edge,
    '--mantine-color-anchor': palette.accent,
    '--mantine-color-error': palette.bad,
  }
}

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {
    '--ts-text-small': '0.8125rem',
    '--ts-text-body': '0.9375rem',
    '--ts-text-lead': '1.125rem',
    '--ts-text-title': '1.625rem',
    '--ts-gutter': 'clamp(1rem, 2.5vw, 2rem)',
  },
  light: schemeVariables(light),
  dark: schemeVariables(night),
})

/** Filled controls carry the colour that is legible on the accent of either scheme. */
function onAccent(variable: `--${string}`) {
  return (_theme: unknown, props: { variant?: string }) => ({
    root:
      props.variant === undefined || props.variant === 'filled' ? { [variable]: 'var(--ts-on-accent)' } : {},
  })
}

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 4 },
  colors: { petrol, gray: grey, dark, red: coral },
  black: light.text,
  autoContrast: true,
  luminanceThreshold: 0.35,
  respectReducedMotion: true,
  cursorType: 'pointer',
  defaultRadius: 'sm',
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  fontFamily: "'IBM Plex Sans Variable', ui-sans-serif, system-ui, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.9375rem', lg: '1.125rem', xl: '1.375rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.2' },
      h2: { fontSize: '1.125rem', lineHeight: '1.3' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'sm' }, vars: onAccent('--button-color') },
    ActionIcon: { vars: onAccent('--ai-color') },
    TextInput: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md' } },
    Autocomplete: { defaultProps: { size: 'md' } },
  },
})
