import { describe, expect, it } from 'vitest'
import { blueOrange } from '../src/color/blue-orange.js'
import { viridis } from '../src/color/viridis.js'
import { hexColor } from '../src/color/hex-color.js'
import { inkOn } from '../src/color/ink-on.js'
import { themes } from '../src/themes.js'
import { contrast, seenDistance, visions } from './color-vision.js'

describe.each([['light', themes.light], ['dark', themes.dark]] as const)('the %s theme', (_, theme) => {
  it.each(['ink', 'muted'] as const)('has %s text with a contrast of 4.5 or more', (role) => {
    expect(contrast(theme[role], theme.surface)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(theme.ink, theme.missing)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(theme.badgeInk, theme.badge)).toBeGreaterThanOrEqual(4.5)
  })

  it('has marks and axes with a contrast of 3 or more', () => {
    for (const color of [...theme.series, theme.axis]) expect(contrast(color, theme.surface), color).toBeGreaterThanOrEqual(3)
  })

  it.each(visions)('has series that %s vision tells apart, from each other and from ink', (vision) => {
    const colors = [...theme.series, theme.ink]
    for (const [i, a] of colors.entries()) {
      // Oklab distances in hundredths: about 2 is just seen side by side.
      for (const b of colors.slice(i + 1)) expect(seenDistance(a, b, vision), `${a} ${b}`).toBeGreaterThan(7)
    }
  })
})

describe('colour maps', () => {
  it.each([['viridis', viridis], ['blueOrange', blueOrange]] as const)('%s carries text with a contrast of 4.5 or more at every place', (_, map) => {
    for (let place = 0; place <= 1; place += 0.002) expect(contrast(inkOn(map(place)), hexColor(map(place))), `${place}`).toBeGreaterThanOrEqual(4.5)
  })

  it.each(visions)('viridis rises in lightness without a step back for %s vision', (vision) => {
    let before = 0
    for (let place = 0; place <= 1; place += 0.05) {
      const fromBlack = seenDistance(hexColor(viridis(place)), '#000000', vision)
      expect(fromBlack).toBeGreaterThan(before)
      before = fromBlack
    }
  })

  it.each(visions)('the ends of blueOrange are told apart by %s vision', (vision) => {
    for (const place of [0, 0.1, 0.2, 0.3]) expect(seenDistance(hexColor(blueOrange(place)), hexColor(blueOrange(1 - place)), vision)).toBeGreaterThan(12)
  })

  it('takes places outside as the nearer end', () => {
    expect([viridis(-3), viridis(7)]).toEqual([viridis(0), viridis(1)])
  })

  it.each([[0.1, [72, 36, 117]], [0.37, [45, 113, 142]], [0.61, [37, 171, 130]], [0.93, [210, 226, 27]]] as const)('viridis at %d is within 4 of matplotlib', (place, rgb) => {
    const mine = viridis(place)
    for (const channel of [0, 1, 2] as const) expect(Math.abs(mine[channel] - rgb[channel])).toBeLessThanOrEqual(4)
  })
})
