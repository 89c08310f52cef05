import { themeProperties } from './theme-properties.js'

/**
 * Style sheet for a page that carries figures drawn with `theme: 'css'`: light by default and on paper, dark where the reader's system is.
 */
export function figureStyles(): string {
  return `:root{color-scheme:light dark;${themeProperties('light')}}@media screen and (prefers-color-scheme:dark){:root{${themeProperties('dark')}}}`
}
