import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '@rxlob/core'
import { futuresSequencer, partialSequencer, spotSequencer, tradeSequencer, type BinanceMessage } from '../src/index.js'

const depth = (U: number, u: number, pu?: number): BinanceMessage => ({ type: 'depth', stream: undefined, symbol: 'X', E: 0, T: undefined, U, u, pu, b: [], a: [] })
const trade = (id: number): BinanceMessage => ({ type: 'trade', stream: undefined, symbol: 'X', id, f: id, l: id, E: 0, T: 0, p: '1', q: '1', m: false, X: undefined })

/** A stream of spot messages: each begins where the one before ended. */
function* spotStream(random: () => number, from: number): Generator<BinanceMessage & { U: number; u: number }> {
  for (let U = from; ; ) {
    const u = U + Math.floor(random() ** 3 * 40)
    yield depth(U, u) as BinanceMessage & { U: number; u: number }
    U = u + 1
  }
}
/** A stream of futures messages: ids skip, `pu` names the one before. */
function* futuresStream(random: () => number, from: number): Generator<BinanceMessage & { U: number; u: number }> {
  for (let pu = from - 1; ; ) {
    const U = pu + 1 + Math.floor(random() * 50)
    const u = U + Math.floor(random() * 50)
    yield depth(U, u, pu) as BinanceMessage & { U: number; u: number }
    pu = u
  }
}

describe('spot', () => {
  it.each([
    ['old', 990, 1000, 'drop'],
    ['ends at the snapshot', 990, 1000, 'drop'],
    ['contains the snapshot', 995, 1005, 'apply'],
    ['contains its end', 1000, 1001, 'apply'],
    ['contiguous, does not contain it', 1001, 1003, 'apply'],
    ['one id is missing', 1002, 1003, 'resync'],
  ] as const)('%s', (_, U, u, verdict) => {
    const sequencer = spotSequencer()
    sequencer.reset(1000)
    expect(sequencer.check(depth(U, u))).toBe(verdict)
  })

  it('says exactly what is missing, and changes nothing by it', () => {
    const sequencer = spotSequencer()
    sequencer.reset(1020)
    expect(sequencer.check(depth(1023, 1025))).toBe('resync')
    expect(sequencer.missing!(depth(1023, 1025))).toEqual({ fromSeq: 1021, toSeq: 1022 })
    expect(sequencer.check(depth(1021, 1022))).toBe('apply')
  })

  it('applies nothing before a snapshot', () => {
    expect(spotSequencer().check(depth(1, 5))).toBe('resync')
  })

  it('joins a second connection whose message repeats or overlaps the last', () => {
    const sequencer = spotSequencer()
    sequencer.reset(100)
    expect([depth(90, 99), depth(90, 100), depth(95, 110), depth(101, 105), depth(102, 105)].map((raw) => sequencer.continues!(raw))).toEqual([false, true, true, true, false])
    expect([depth(40, 60), depth(90, 100)].map((raw) => sequencer.behind!(raw))).toEqual([40, 0])
  })
})

describe('futures', () => {
  it.each([
    ['ends before the snapshot', 980, 999, 970, 'drop'],
    ['ends at the snapshot', 990, 1000, 985, 'apply'],
    ['contains the snapshot', 995, 1005, 980, 'apply'],
    ['follows it by pu', 1010, 1020, 1000, 'apply'],
    ['the snapshot lies in its skip', 1010, 1020, 995, 'apply'],
    ['a message between is missing', 1010, 1020, 1005, 'resync'],
  ] as const)('first after a snapshot: %s', (_, U, u, pu, verdict) => {
    const sequencer = futuresSequencer()
    sequencer.reset(1000)
    expect(sequencer.check(depth(U, u, pu))).toBe(verdict)
  })

  it('then only pu counts', () => {
    const sequencer = futuresSequencer()
    sequencer.reset(5005)
    expect([depth(4990, 5001, 4988), depth(5002, 5009, 5001), depth(5014, 5020, 5009), depth(5014, 5020, 5009), depth(5023, 5030, 5022)].map((raw) => sequencer.check(raw))).toEqual(['drop', 'apply', 'apply', 'drop', 'resync'])
    expect(sequencer.missing!(depth(5023, 5030, 5022))).toEqual({ fromSeq: 5021, toSeq: 5022 })
  })

  it('a message that overlaps in mid-stream is not believed, unless it comes from a second connection', () => {
    const sequencer = futuresSequencer()
    sequencer.reset(1000)
    sequencer.check(depth(1001, 1010, 1000))
    const overlapping = depth(1005, 1020, 1005)
    expect(sequencer.check(overlapping)).toBe('resync')
    expect(sequencer.continues!(overlapping)).toBe(true)
    expect(sequencer.check(overlapping)).toBe('apply')
    expect(sequencer.check(depth(1030, 1040, 1020))).toBe('apply')
  })
})

describe('correct streams', () => {
  it.each([
    ['spot', spotSequencer, spotStream],
    ['futures', futuresSequencer, futuresStream],
  ] as const)('of %s: not one false alarm in 300,000 messages', (_, make, stream) => {
    const random = seededRandom(11)
    const sequencer = make()
    const messages = stream(random, 5_000_000)
    sequencer.reset(5_000_000 - 1)
    for (let i = 0; i < 300_000; i++) if (sequencer.check(messages.next().value as BinanceMessage) !== 'apply') expect.fail(`message ${i}`)
  })

  it.each([
    ['spot', spotSequencer, spotStream],
    ['futures', futuresSequencer, futuresStream],
  ] as const)('of %s: a snapshot taken anywhere joins, and everything after it is applied', (_, make, stream) => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 60 }), (seed, at) => {
        const messages = stream(seededRandom(seed), 1000)
        const list = Array.from({ length: 60 }, () => messages.next().value as BinanceMessage & { U: number; u: number })
        const snapshotSeq = at === 0 ? 999 : list[at - 1]!.u
        const sequencer = make()
        sequencer.reset(snapshotSeq)
        const verdicts = list.map((raw) => sequencer.check(raw))
        expect(verdicts).not.toContain('resync')
        expect(verdicts.lastIndexOf('drop')).toBeLessThan(at)
        expect(verdicts.slice(at).every((verdict) => verdict === 'apply')).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('damaged streams', () => {
  it.each([
    ['spot', spotSequencer, spotStream],
    ['futures', futuresSequencer, futuresStream],
  ] as const)('of %s: 1 to 50 lost messages are noticed on the very next one, with their range', (_, make, stream) => {
    const random = seededRandom(23)
    const sequencer = make()
    const messages = stream(random, 1000)
    sequencer.reset(999)
    let last = 999
    for (let gap = 0; gap < 10_000; gap++) {
      for (let i = Math.floor(random() * 5); i >= 0; i--) {
        const raw = messages.next().value as BinanceMessage & { u: number }
        expect(sequencer.check(raw)).toBe('apply')
        last = raw.u
      }
      let lostTo = 0
      for (let lost = Math.floor(random() * 50); lost >= 0; lost--) lostTo = (messages.next().value as { u: number }).u
      const next = messages.next().value as BinanceMessage & { u: number }
      if (sequencer.check(next) !== 'resync') expect.fail(`gap ${gap} was not noticed`)
      expect(sequencer.missing!(next)).toEqual({ fromSeq: last + 1, toSeq: lostTo })
      sequencer.reset(next.u)
      last = next.u
    }
  })

  it('old messages repeated after a reconnect are dropped', () => {
    const messages = spotStream(seededRandom(2), 1)
    const list = Array.from({ length: 1000 }, () => messages.next().value as BinanceMessage)
    const sequencer = spotSequencer()
    sequencer.reset(0)
    for (const raw of list) sequencer.check(raw)
    expect(new Set(list.map((raw) => sequencer.check(raw)))).toEqual(new Set(['drop']))
  })
})

describe('trades', () => {
  it('begin anywhere, rise by one, repeat without harm, and show what was lost', () => {
    const sequencer = tradeSequencer()
    expect([trade(70), trade(71), trade(71), trade(60), trade(75)].map((raw) => sequencer.check(raw))).toEqual(['apply', 'apply', 'drop', 'drop', 'resync'])
    expect(sequencer.missing!(trade(75))).toEqual({ fromSeq: 72, toSeq: 74 })
    sequencer.reset(75)
    expect(sequencer.check(trade(76))).toBe('apply')
    expect([trade(76), trade(77), trade(78)].map((raw) => sequencer.continues!(raw))).toEqual([true, true, false])
  })
})

describe('whole views', () => {
  it('replace each other; an older one is passed over', () => {
    const view = (u: number): BinanceMessage => ({ type: 'partial', stream: 'x@depth5', symbol: 'X', E: undefined, T: undefined, u, b: [], a: [] })
    const sequencer = partialSequencer()
    expect([view(5), view(5), view(9), view(8)].map((raw) => sequencer.check(raw))).toEqual(['apply', 'apply', 'apply', 'drop'])
    expect(sequencer.check(trade(1))).toBe('resync')
  })
})
