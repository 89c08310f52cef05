import fc from 'fast-check'
import { describe, it } from 'vitest'
import { liquidityConcentration, liquidityEntropy } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { expectClose, runFeature } from '../run-feature.js'

/** One level set after the other, 0 lots removing it: mostly one size among the best is another, sometimes levels come and go. */
const changes = (prices: number): fc.Arbitrary<{ bid: boolean; rank: number; lots: number }[]> =>
  fc.array(fc.record({ bid: fc.boolean(), rank: fc.nat(prices - 1), lots: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 30 }) }, { weight: 1, arbitrary: fc.constant(0) }) }), { minLength: 40, maxLength: 120 })

type Book = { bids: [number, number][]; asks: [number, number][] }

function booksOf(list: readonly { bid: boolean; rank: number; lots: number }[], prices: number): Book[] {
  const bids = new Map<number, number>(Array.from({ length: prices }, (_, rank) => [1000 - rank, 1 + rank]))
  const asks = new Map<number, number>(Array.from({ length: prices }, (_, rank) => [1001 + rank, 2 + rank]))
  return list.map(({ bid, rank, lots }) => {
    const side = bid ? bids : asks
    const price = bid ? 1000 - rank : 1001 + rank
    if (lots === 0) side.delete(price)
    else side.set(price, lots)
    return { bids: [...bids].sort(([a], [b]) => b - a), asks: [...asks].sort(([a], [b]) => a - b) }
  })
}

const lotsOf = ({ bids, asks }: Book, levels: number): number[] => [...bids.slice(0, levels), ...asks.slice(0, levels)].map(([, lots]) => lots)

describe('sizes that stay sorted from tick to tick', () => {
  // 40 levels are more than a place has bits to be marked by.
  it.each([1, 3, 10, 40])('give the concentration and the entropy of %i levels reckoned anew at every tick', (levels) => {
    fc.assert(
      fc.property(changes(levels + 2), (list) => {
        const books = booksOf(list, levels + 2)
        const ticks = books.map((book) => handTick(book))
        const concentrations = runFeature(liquidityConcentration({ levels }), ticks)
        const entropies = runFeature(liquidityEntropy({ levels }), ticks)
        for (const [row, book] of books.entries()) {
          const lots = lotsOf(book, levels)
          const [total, n] = [lots.reduce((a, b) => a + b, 0), lots.length]
          const oneSided = book.bids.length === 0 || book.asks.length === 0
          const hhi = lots.reduce((sum, x) => sum + (x / total) ** 2, 0)
          // Gini as half the relative mean difference over all pairs: nothing is sorted here.
          const gini = lots.flatMap((x) => lots.map((y) => Math.abs(x - y))).reduce((a, b) => a + b, 0) / (2 * n * total)
          const entropy = lots.reduce((sum, x) => sum - (x / total) * Math.log(x / total), 0) / Math.log(n)
          expectClose(concentrations[row]!, oneSided ? [NaN, NaN, NaN, NaN] : [(book.bids[0]![1] + book.asks[0]![1]) / total, hhi, (hhi - 1 / n) / (1 - 1 / n), gini], 1e-11)
          expectClose(entropies[row]!, [oneSided ? NaN : entropy], 1e-11)
        }
      }),
      { numRuns: 30 },
    )
  })
})
