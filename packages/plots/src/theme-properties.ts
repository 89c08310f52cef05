import { themeProperty } from './theme-property.js'
import { themes } from './themes.js'

/** Declarations of every custom property that the `css` theme draws with, without the braces around them. */
export function themeProperties(theme: 'light' | 'dark'): string {
  return Object.entries(themes[theme])
    .flatMap(([role, value]: [string, string | readonly string[]]) =>
      typeof value === 'string' ? [`${themeProperty(role)}:${value}`] : value.map((color, rank) => `${themeProperty(role, rank)}:${color}`),
    )
    .join(';')
}
