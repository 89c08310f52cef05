/** Red, green, blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number]

/** Colour at a place from 0 to 1; places outside are taken as the nearer end. */
export type ColorMap = (place: number) => Rgb

function interpolated(anchors: string): ColorMap {
  const colors = anchors.split(' ').map((hex): Rgb => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb)
  return (place) => {
    const position = Math.min(1, Math.max(0, place)) * (colors.length - 1)
    const rank = Math.min(Math.floor(position), colors.length - 2)
    const [from = [0, 0, 0], to = [0, 0, 0]] = [colors[rank], colors[rank + 1]]
    const mixed = (channel: 0 | 1 | 2): number => Math.round(from[channel] + (to[channel] - from[channel]) * (position - rank))
    return [mixed(0), mixed(1), mixed(2)]
  }
}

/** Dark violet to yellow, evenly rising lightness, safe for every common colour vision. @see Smith and van der Walt (2015), matplotlib `viridis` */
export const viridis: ColorMap = interpolated(
  '440154 48186a 472d7b 424086 3b528b 33638d 2c728e 26828e 21918c 1fa088 28ae80 3fbc73 5ec962 84d44b addc30 d8e219 fde725',
)

/** Blue (0) over near-white (0.5) to orange (1). @see ColorBrewer 2.0, the halves of RdBu and PuOr */
export const blueOrange: ColorMap = interpolated('053061 2166ac 4393c3 92c5de d1e5f0 f7f7f7 fee0b6 fdb863 e08214 b35806 7f3b08')

export function hexColor([red, green, blue]: Rgb): string {
  return `#${((red << 16) | (green << 8) | blue).toString(16).padStart(6, '0')}`
}

/** Black or white, whichever is read better on a background: its contrast is 4.58 or more. */
export function inkOn(background: Rgb): '#000000' | '#ffffff' {
  const [red = 0, green = 0, blue = 0] = background.map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  // Where (L + 0.05) / 0.05 = 1.05 / (L + 0.05). @see WCAG 2.2, relative luminance and contrast ratio
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > Math.sqrt(1.05 * 0.05) - 0.05 ? '#000000' : '#ffffff'
}
