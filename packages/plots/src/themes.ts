import type { SvgOptions } from './figure.js'
import type { Theme } from './theme.js'
import { themeProperty } from './theme-property.js'

// The hues of Okabe and Ito (2008). Lightness and chroma were searched so that each keeps a contrast of 3.4 (dark: 4.1) to its page and the
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
  series: ['#4a81eb', '#e99541', '#83eca5', '#d25188', '#98741a', '#71b6d1'],
}

const css = Object.fromEntries(
  Object.entries(light).map(([role, value]) => [
    role,
    typeof value === 'string' ? `var(${themeProperty(role)})` : value.map((_: string, rank: number) => `var(${themeProperty(role, rank)})`),
  ]),
) as unknown as Theme

export const themes: Readonly<Record<NonNullable<SvgOptions['theme']>, Theme>> = { light, dark, css }
