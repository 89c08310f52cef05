import { seededRandom, type Random } from '@rxlob/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exchange, type Exchange, type NewOrder } from '../../src/exchange/index.js'
import { bookLine, naiveExchange, reportLines } from './naive-exchange.js'

const types: readonly NewOrder['type'][] = ['limit', 'limit', 'limit', 'limit', 'market', 'ioc', 'fok', 'post-only']

type Command =
  | { readonly kind: 'submit'; readonly order: NewOrder }
  | { readonly kind: 'cancel'; readonly orderId: number }
  | { readonly kind: 'reduce'; readonly orderId: number; readonly lots: number }
  | { readonly kind: 'replace'; readonly orderId: number; readonly ticks?: number; readonly lots?: number }

function run(venue: Pick<Exchange, 'submit' | 'cancel' | 'reduce' | 'replace'>, command: Command): unknown {
  if (command.kind === 'submit') return venue.submit(command.order)
  if (command.kind === 'cancel') return venue.cancel(command.orderId)
  if (command.kind === 'reduce') return venue.reduce(command.orderId, command.lots)
  return venue.replace(command.orderId, command)
}

/** Runs both engines; the same answers, reports and books after every command, and a book that is never crossed. */
function compare(commands: Iterable<Command>): { filled: number; reports: number } {
  const reports: string[] = []
  const naiveReports: string[] = []
  const venue = exchange(reportLines((line) => reports.push(line)))
  const naive = naiveExchange((line) => naiveReports.push(line))
  let filled = 0
  let total = 0
  for (const command of commands) {
    const answers = { command, answer: run(venue, command), reports: [...reports], book: bookLine(venue) }
    const naiveAnswer = run(naive, command)
    expect(answers).toEqual({ command, answer: naiveAnswer, reports: naiveReports, book: naive.book() })
    const bid = venue.queue('bid', 0)
    const ask = venue.queue('ask', 0)
    if (bid && ask && bid.ticks >= ask.ticks) throw new Error(`crossed: ${bid.ticks} >= ${ask.ticks}`)
    filled += reports.filter((line) => line.startsWith('filled')).length
    total += reports.length
    reports.length = naiveReports.length = 0
  }
  return { filled, reports: total }
}

/** Mostly sensible commands about a moving price, with about 40 orders resting; some wrong ones. */
function* commandStream(random: Random, count: number): Generator<Command> {
  const below = (n: number): number => Math.floor(random() * n)
  let nextId = 1
  let centre = 1000
  for (let n = 0; n < count; n++) {
    centre += below(3) - 1
    const known = Math.max(1, nextId - 1 - below(60))
    const wild = random() < 0.02
    switch (below(10)) {
      case 0: case 1: case 2: case 3: case 4: {
        const type = types[below(types.length)]!
        const lots = wild ? [0, -3, 1.5, NaN, 2 ** 53][below(5)]! : 1 + below(9)
        const ticks = wild ? [0.5, NaN, -7, centre][below(4)]! : centre - 8 + below(17)
        yield { kind: 'submit', order: { orderId: random() < 0.03 ? known : nextId++, side: random() < 0.5 ? 'buy' : 'sell', type, lots, ...(type !== 'market' && { ticks }) } }
        break
      }
      case 5: case 6:
        yield { kind: 'cancel', orderId: known }
        break
      case 7:
        yield { kind: 'reduce', orderId: known, lots: wild ? 0 : 1 + below(6) }
        break
      default:
        yield { kind: 'replace', orderId: known, ...(random() < 0.6 && { ticks: wild ? 0.1 : centre - 8 + below(17) }), ...(random() < 0.6 && { lots: wild ? -1 : 1 + below(9) }) }
    }
  }
}

describe('exchange against a naive engine', () => {
  it('agrees on answers, reports and every queue over 120,000 commands', () => {
    const { filled, reports } = compare(commandStream(seededRandom(3), 120_000))
    expect(filled).toBeGreaterThan(10_000)
    expect(reports).toBeGreaterThan(50_000)
  })

  it('agrees over short streams of any shape', () => {
    const id = fc.integer({ min: 0, max: 6 })
    const lots = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 5 }) }, fc.constantFrom(0, -1, 0.5, 2 ** 40, 2 ** 40 + 1))
    const ticks = fc.integer({ min: -3, max: 3 })
    const command: fc.Arbitrary<Command> = fc.oneof(
      { weight: 4, arbitrary: fc.record({ orderId: id, side: fc.constantFrom('buy', 'sell'), type: fc.constantFrom(...types), lots, ticks }).map((order): Command => ({ kind: 'submit', order })) },
      fc.record({ kind: fc.constant('cancel' as const), orderId: id }),
      fc.record({ kind: fc.constant('reduce' as const), orderId: id, lots }),
      fc.record({ kind: fc.constant('replace' as const), orderId: id, ticks, lots }),
    )
    fc.assert(fc.property(fc.array(command, { maxLength: 40 }), (commands) => void compare(commands)), { numRuns: 1000 })
  })

  it('conserves quantity: what enters rests, trades twice, or goes', () => {
    let added = 0
    let gone = 0
    let makers = 0
    const venue = exchange({
      added: ({ lots }) => (added += lots),
      reduced: (_, lots) => (gone += lots),
      removed: ({ lots }) => (gone += lots),
      filled: (_, lots) => (makers += lots),
      replaced: ({ lots }, _, fromLots) => (added += lots - fromLots),
    })
    let takers = 0
    for (const command of commandStream(seededRandom(8), 20_000)) {
      const answer = run(venue, command)
      if (typeof answer === 'object') takers += (answer as { filledLots: number }).filledLots
    }
    let resting = 0
    for (const side of ['bid', 'ask'] as const) for (let level = 0; level < venue.depth(side); level++) resting += venue.queue(side, level)!.lots
    expect(resting).toBe(added - gone - makers)
    expect(takers).toBe(makers)
    expect(makers).toBeGreaterThan(5_000)
  })

  it('keeps deep books in order', () => {
    const random = seededRandom(4)
    const venue = exchange()
    const naive = naiveExchange(() => {})
    for (let orderId = 1; orderId <= 1500; orderId++) {
      const side = random() < 0.5 ? 'buy' : 'sell'
      const order: NewOrder = { orderId, side, type: 'post-only', lots: 1, ticks: 5000 + (side === 'buy' ? -1 : 1) * (1 + Math.floor(random() * 900)) }
      venue.submit(order)
      naive.submit(order)
      const other = Math.floor(random() * orderId)
      if (orderId % 3 === 0) expect(venue.cancel(other)).toBe(naive.cancel(other))
    }
    expect(venue.depth('bid')).toBeGreaterThan(200)
    expect(bookLine(venue)).toBe(naive.book())
  })
})

describe('exchange', () => {
  const buy = (orderId: number, ticks: number, lots: number, type: NewOrder['type'] = 'limit'): NewOrder => ({ orderId, side: 'buy', type, ticks, lots })
  const sell = (orderId: number, ticks: number, lots: number, type: NewOrder['type'] = 'limit'): NewOrder => ({ orderId, side: 'sell', type, ticks, lots })

  it('fills the better price first, then the older order, at the price of the resting order', () => {
    const lines: string[] = []
    const venue = exchange(reportLines((line) => lines.push(line)))
    for (const order of [sell(1, 102, 5), sell(2, 101, 3), sell(3, 101, 4)]) venue.submit(order)
    lines.length = 0
    expect(venue.submit(buy(4, 102, 9))).toEqual({ status: 'filled', filledLots: 9, restingLots: 0 })
    expect(lines).toEqual(['filled 2 ask 101 left 0 by 4 3', 'filled 3 ask 101 left 0 by 4 4', 'filled 1 ask 102 left 3 by 4 2'])
  })

  it('rests what a limit order has left, and never what the others have left', () => {
    const left = (type: NewOrder['type']): unknown => {
      const venue = exchange()
      venue.submit(sell(1, 100, 2))
      return [venue.submit(buy(2, 100, 5, type)), venue.order(2)?.lots]
    }
    expect(left('limit')).toEqual([{ status: 'partly-filled', filledLots: 2, restingLots: 3 }, 3])
    expect(left('ioc')).toEqual([{ status: 'expired', filledLots: 2, restingLots: 0 }, undefined])
    expect(left('market')).toEqual([{ status: 'expired', filledLots: 2, restingLots: 0 }, undefined])
    expect(left('fok')).toEqual([{ status: 'expired', filledLots: 0, restingLots: 0 }, undefined])
    expect(left('post-only')).toEqual([{ status: 'rejected', filledLots: 0, restingLots: 0, reason: 'would-trade' }, undefined])
  })

  it('keeps the place of an order that shrinks and not of one that grows or moves', () => {
    const venue = exchange()
    for (const order of [buy(1, 100, 5), buy(2, 100, 5), buy(3, 100, 5)]) venue.submit(order)
    expect(venue.lotsAhead(3)).toBe(10)
    venue.replace(1, { lots: 2 })
    expect([1, 2, 3].map((id) => venue.lotsAhead(id))).toEqual([0, 2, 7])
    venue.replace(1, { lots: 3 })
    expect([2, 3, 1].map((id) => venue.lotsAhead(id))).toEqual([0, 5, 10])
    venue.replace(2, { ticks: 99 })
    venue.replace(2, { ticks: 100 })
    expect([3, 1, 2].map((id) => venue.lotsAhead(id))).toEqual([0, 5, 8])
    expect(venue.lotsAhead(9)).toBeNaN()
  })

  it('trades a replaced order that reaches the other side', () => {
    const lines: string[] = []
    const venue = exchange(reportLines((line) => lines.push(line)))
    venue.submit(sell(1, 101, 2))
    venue.submit(buy(2, 99, 5))
    lines.length = 0
    expect(venue.replace(2, { ticks: 101 })).toEqual({ status: 'partly-filled', filledLots: 2, restingLots: 3 })
    expect(lines).toEqual(['removed 2 bid 99 5', 'filled 1 ask 101 left 0 by 2 2', 'added 2 bid 101 3'])
  })

  it('answers bad orders with a reason and changes nothing', () => {
    const venue = exchange({ added() {}, reduced() {}, removed() {}, filled() {}, replaced() { throw new Error('changed') } })
    venue.submit(buy(1, 100, 5))
    const reason = (order: NewOrder): unknown => venue.submit(order).reason
    expect(reason(buy(1, 100, 5))).toBe('duplicate-order-id')
    expect(reason(buy(-1, 100, 5))).toBe('bad-order-id')
    expect(reason(buy(2, 100, 0))).toBe('bad-lots')
    expect(reason(buy(2, 100, Infinity))).toBe('bad-lots')
    expect(reason(buy(2, 100.5, 1))).toBe('bad-ticks')
    expect(reason({ orderId: 2, side: 'buy', type: 'limit', lots: 1 })).toBe('bad-ticks')
    expect(venue.replace(7, { lots: 1 }).reason).toBe('unknown-order-id')
    expect(venue.replace(1, { lots: NaN }).reason).toBe('bad-lots')
    expect(venue.replace(1, { ticks: NaN }).reason).toBe('bad-ticks')
    expect([venue.cancel(7), venue.reduce(7, 1), venue.reduce(1, -1), venue.reduce(1, NaN)]).toEqual([0, 0, 0, 0])
    expect(bookLine(venue)).toBe('100:1x5 | ')
    expect(venue.orderCount).toBe(1)
  })

  it('lets a price be empty and be used again', () => {
    const venue = exchange()
    venue.submit(buy(1, 100, 5))
    expect(venue.cancel(1)).toBe(5)
    expect(venue.queueAt('bid', 100)).toBeUndefined()
    expect(venue.queue('bid', 0)).toBeUndefined()
    venue.submit(buy(1, 100, 2))
    expect(venue.queueAt('bid', 100)?.lots).toBe(2)
  })
})
