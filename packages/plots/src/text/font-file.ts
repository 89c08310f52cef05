import { createRequire } from 'node:module'

export type FontWeight = 'normal' | 'bold'

/** Path of the shipped font file. */
export function fontFile(weight: FontWeight): string {
  return createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/DejaVuSans${weight === 'bold' ? '-Bold' : ''}.ttf`)
}
