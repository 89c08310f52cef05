import type { SvgOptions } from './figure.js'

/** The colours of a page by the role they play. */
export interface Theme {
  readonly surface: string
  /** Titles, values, reference lines. */
  readonly ink: string
  /** Axis labels, captions. */
  readonly muted: string
  readonly axis: string
  readonly grid: string
  /** Where a heatmap knows nothing. */
  readonly missing: string
  readonly badge: string
  readonly badgeInk: string
  /** Told apart by every common colour vision. */
  readonly series: readonly string[]
}

// The hues of Okabe and Ito (2008). Lightness and chroma were searched so that each keeps a contrast of 3.2 to its page and the
// smallest distance between any two, seen with normal, protan, deutan or tritan vision (Machado et al. 2009), is as large as it gets.
const light: Theme = {
  surface: '#ffffff',
  ink: '#1f2328',
  muted: '#57606a',
  axis: '#7a828b',
  grid: '#e3e6ea',
  missing: '#c8cdd3',
  badge: '#fff1d6',
  badgeInk: '#7a4100',
  series: ['#03379a', '#c06f0a', '#199b85', '#711653', '#6c541b', '#316a8b'],
}

const dark: Theme = {
  surface: '#14181d',
  ink: '#e6edf3',
  muted: '#a5afba',
  axis: '#6f7984',
  grid: '#2a3138',
  missing: '#4b535c',
  badge: '#4a3005',
  badgeInk: '#ffce8a',
  series: ['#4a81eb', '#f27539', '#52f2a8', '#af3b85', '#fbcb21', '#43bdd4'],
}

/** Custom property of a role, `--lob-ink`, `--lob-series-1`. */
function propertyName(role: string, rank?: number): string {
  return rank === undefined ? `--lob-${role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}` : `--lob-${role}-${rank + 1}`
}

const css = Object.fromEntries(
  Object.entries(light).map(([role, value]) => [
    role,
    typeof value === 'string' ? `var(${propertyName(role)})` : value.map((_: string, rank: number) => `var(${propertyName(role, rank)})`),
  ]),
) as unknown as Theme

export const themes: Readonly<Record<NonNullable<SvgOptions['theme']>, Theme>> = { light, dark, css }

/** Declarations of every custom property that the `css` theme draws with, without the braces around them. */
export function themeProperties(theme: 'light' | 'dark'): string {
  return Object.entries(themes[theme])
    .flatMap(([role, value]: [string, string | readonly string[]]) =>
      typeof value === 'string' ? [`${propertyName(role)}:${value}`] : value.map((color, rank) => `${propertyName(role, rank)}:${color}`),
    )
    .join(';')
}
