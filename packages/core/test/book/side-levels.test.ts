import { describe, it } from 'vitest'
import { SideLevels } from '../../src/book/side-levels.js'
import { seededRandom } from '../../src/index.js'
import { sameNumbers } from '../same-numbers.js'

/** The same in words: a map of sizes by how good a price is, and the worst goodness that is known. */
class NaiveSide {
  readonly lots = new Map<number, number>()
  edge = Infinity
  readonly sign: 1 | -1

  constructor(sign: 1 | -1) {
    this.sign = sign
  }
  get best(): [ticks: number, lots: number][] {
    return [...this.lots].sort(([a], [b]) => b - a).map(([good, lots]) => [this.sign * good, lots])
  }
  get known(): number {
    return this.edge === -Infinity ? Infinity : [...this.lots.keys()].filter((good) => good >= this.edge).length
  }
  depthOf(ticks: number): number {
    return [...this.lots.keys()].filter((good) => good > this.sign * ticks).length
  }
  put(ticks: number, lots: number): void {
    if (lots > 0) this.lots.set(this.sign * ticks, lots)
    else this.lots.delete(this.sign * ticks)
  }
}

function compare(side: SideLevels, naive: NaiveSide, what: string): void {
  const { best, known } = naive
  const levels = Array.from({ length: best.length + 14 }, (_, level) => level)
  sameNumbers([side.length, side.known], [best.length, known], what)
  sameNumbers(levels.flatMap((level) => [side.ticks(level), side.lots(level)]), levels.flatMap((level) => (level >= known ? [NaN, NaN] : (best[level] ?? [NaN, 0]))), what)
}

describe.each([1, -1] as const)('SideLevels of sign %i', (sign) => {
  it.each([1, 2, 3])('equals a sorted map with an edge of what is known, seed %i', (seed) => {
    const random = seededRandom(seed)
    const draw = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1))
    let side = new SideLevels(sign)
    let spare = new SideLevels(sign)
    const naive = new NaiveSide(sign)
    compare(side, naive, 'new')
    for (let n = 0; n < 250; n++) {
      // Every now and then a copy takes over, made by a side that was another.
      if (n % 7 === 6) {
        spare.copy(side)
        ;[side, spare] = [spare, side]
        compare(side, naive, `copy before change ${n}`)
      }
      const ticks = draw(100, 130)
      const before = naive.lots.get(sign * ticks) ?? 0
      const { known } = naive
      // Behind the ten best and behind what is known, the depth is told as that of the first level there.
      const depth = Math.min(naive.depthOf(ticks), known, 10)
      const lots = draw(0, 6)
      const action = draw(0, 19)
      const what = `change ${n}: ${action}, ${ticks} x ${lots}`
      if (action < 9) {
        sameNumbers([side.set(ticks, lots), side.before], [depth, before], what)
        naive.put(ticks, lots)
      } else if (action < 14) {
        sameNumbers([side.change(ticks, lots - 3), side.before], [depth, before], what)
        naive.put(ticks, before + lots - 3)
      } else if (action < 16) {
        sameNumbers([side.scroll(ticks, lots), side.before], [lots > 0 ? Math.min(known, depth) : depth, before], what)
        naive.put(ticks, lots)
        naive.edge = lots > 0 ? Math.min(naive.edge, sign * ticks) : Math.max(naive.edge, sign * ticks + 1)
      } else if (action === 16 && lots === 0) {
        sameNumbers([side.scroll(-sign * Infinity, 0), side.before], [known, 0], what)
        naive.edge = -Infinity
      } else if (action === 17) {
        side.trust(lots === 0)
        naive.edge = lots === 0 ? -Infinity : naive.lots.size > 0 ? Math.min(...naive.lots.keys()) : Infinity
      } else if (action === 18) {
        side.prune(12)
        while (naive.lots.size > 12 && Math.min(...naive.lots.keys()) < naive.edge) naive.lots.delete(Math.min(...naive.lots.keys()))
      } else if (lots === 0) {
        side.clear()
        naive.lots.clear()
        naive.edge = Infinity
      }
      compare(side, naive, what)
      sameNumbers([side.lotsAt(ticks)], [naive.lots.get(sign * ticks) ?? 0], what)
    }
  })
})
