import type { Element } from '../draw/element.js'
import type { Mark, PlotScale } from '../draw/mark.js'

/** Texts placed by the scale of a plot. They may reach over its edges. */
export function textMark(texts: (scale: PlotScale) => readonly Extract<Element, { kind: 'text' }>[]): Mark {
  return { clip: false, elements: texts }
}
