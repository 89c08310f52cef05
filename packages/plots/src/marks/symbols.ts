import { pixel } from './pixel.js'

/** Outline of a mark as path data. */
export type SymbolPath = (x: number, y: number, radius: number) => string

const polygon = (x: number, y: number, corners: readonly (readonly [number, number])[]): string =>
  `M${corners.map(([dx, dy]) => `${pixel(x + dx)} ${pixel(y + dy)}`).join('L')}Z`

export const circle: SymbolPath = (x, y, radius) =>
  `M${pixel(x - radius)} ${pixel(y)}A${radius} ${radius} 0 1 1 ${pixel(x + radius)} ${pixel(y)}A${radius} ${radius} 0 1 1 ${pixel(x - radius)} ${pixel(y)}Z`

export const square: SymbolPath = (x, y, radius) => polygon(x, y, [[-radius, -radius], [radius, -radius], [radius, radius], [-radius, radius]])

export const diamond: SymbolPath = (x, y, radius) => polygon(x, y, [[0, -radius * 1.25], [radius * 1.25, 0], [0, radius * 1.25], [-radius * 1.25, 0]])

export const triangleUp: SymbolPath = (x, y, radius) => polygon(x, y, [[0, -radius * 1.2], [radius * 1.1, radius * 0.8], [-radius * 1.1, radius * 0.8]])

export const triangleDown: SymbolPath = (x, y, radius) => polygon(x, y, [[0, radius * 1.2], [radius * 1.1, -radius * 0.8], [-radius * 1.1, -radius * 0.8]])
