import type { ColorMap, Rgb } from './color-map.js'

/** Colours between anchors, written as hexadecimal triplets parted by spaces. */
export function interpolatedMap(anchors: string): ColorMap {
  const colors = anchors.split(' ').map((hex): Rgb => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb)
  return (place) => {
    const position = Math.min(1, Math.max(0, place)) * (colors.length - 1)
    const rank = Math.min(Math.floor(position), colors.length - 2)
    const [from = [0, 0, 0], to = [0, 0, 0]] = [colors[rank], colors[rank + 1]]
    const mixed = (channel: 0 | 1 | 2): number => Math.round(from[channel] + (to[channel] - from[channel]) * (position - rank))
    return [mixed(0), mixed(1), mixed(2)]
  }
}
