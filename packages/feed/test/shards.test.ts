import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Stream } from '../src/index.js'
import { shards } from '../src/shards.js'

const streams: fc.Arbitrary<Stream[]> = fc
  .uniqueArray(fc.record({ symbol: fc.integer({ min: 0, max: 30 }), kind: fc.integer({ min: 0, max: 2 }), route: fc.constantFrom('', '/public', '/market') }), { selector: ({ symbol, kind, route }) => `${symbol} ${kind} ${route}` })
  .map((list) => list.map(({ symbol, kind, route }) => ({ name: `${symbol}@${kind}${route}`, symbol: String(symbol), channel: 'book', ...(route !== '' && { route }) })))

describe('shards', () => {
  it('carry every stream once, within the limit, routes apart and symbols whole', () => {
    fc.assert(
      fc.property(streams, fc.integer({ min: 3, max: 20 }), (list, limit) => {
        const found = shards(list, limit)
        expect(found.flat().map(({ name }) => name).sort()).toEqual(list.map(({ name }) => name).sort())
        for (const shard of found) {
          expect(shard.length).toBeLessThanOrEqual(limit)
          expect(new Set(shard.map(({ route }) => route)).size).toBe(1)
        }
        const homes = new Map<string, Set<number>>()
        for (const [at, shard] of found.entries()) for (const { symbol, route } of shard) homes.set(`${symbol} ${route}`, (homes.get(`${symbol} ${route}`) ?? new Set()).add(at))
        for (const home of homes.values()) expect(home.size).toBe(1)
      }),
    )
  })
  it('of 1,000 symbols with three streams fit on three sockets of 1,024', () => {
    const list = Array.from({ length: 1000 }, (_, at) => ['book', 'trades', 'quotes'].map((channel) => ({ name: `${at}@${channel}`, symbol: String(at), channel }) as Stream)).flat()
    expect(shards(list, 1024)).toHaveLength(3)
  })
})
