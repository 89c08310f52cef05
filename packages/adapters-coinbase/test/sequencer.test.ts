import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { envelopeSequencer, orderSequencer, tradeSequencer, type CoinbaseMessage } from '../src/index.js'

const note = (sequence: number): CoinbaseMessage => ({ type: 'note', product: 'X', sequence })
const beat = (sequence: number, lastTradeId = 0): CoinbaseMessage => ({ type: 'heartbeat', product: 'X', sequence, lastTradeId })
const trade = (tradeId: number, recap = false): CoinbaseMessage =>
  ({ type: 'match', product: 'X', tradeId, sequence: undefined, makerOrderId: undefined, side: 'buy', price: '1', size: '1', time: undefined, recap })
const frame = (sequence: number | undefined): CoinbaseMessage => ({ type: 'envelope', sequence, parts: [] })

describe('orders', () => {
  it('follow each other by one; what is not new is old, what skips is a hole', () => {
    const sequencer = orderSequencer()
    sequencer.reset(102)
    expect([note(100), note(102), note(103), note(104), note(104), note(106)].map((raw) => sequencer.check(raw))).toEqual(['drop', 'drop', 'apply', 'apply', 'drop', 'resync'])
    expect(sequencer.missing!(note(106))).toEqual({ fromSeq: 105, toSeq: 105 })
    expect(sequencer.last).toBe(104)
    expect(sequencer.check(note(105))).toBe('apply')
  })
  it('nothing is applied before a snapshot', () => expect(orderSequencer().check(note(1))).toBe('resync'))
  it('a heartbeat may be ahead of its messages; the next one may not', () => {
    const sequencer = orderSequencer()
    sequencer.reset(10)
    expect([beat(12), note(11), note(12), beat(12), beat(13), note(13), beat(14)].map((raw) => sequencer.check(raw))).toEqual(['drop', 'apply', 'apply', 'drop', 'drop', 'apply', 'drop'])
    expect(sequencer.check(beat(20))).toBe('resync')
    expect(sequencer.missing!(beat(20))).toEqual({ fromSeq: 14, toSeq: 14 })
    sequencer.reset(20)
    expect(sequencer.check(beat(20))).toBe('drop')
  })
  it('a second connection joins where it repeats or continues', () => {
    const sequencer = orderSequencer()
    sequencer.reset(100)
    expect([note(99), note(100), note(101), note(102), beat(100)].map((raw) => sequencer.continues!(raw))).toEqual([false, true, true, false, false])
  })
  it('a heartbeat shows how far the stream has come', () => {
    const sequencer = orderSequencer()
    sequencer.reset(100)
    expect([beat(99), beat(100), beat(130)].map((raw) => sequencer.behind!(raw))).toEqual([1, 0, -30])
  })
  it('10,000 holes of 1 to 50 messages are noticed on the next message, with their range', () => {
    const random = seededRandom(4)
    const sequencer = orderSequencer()
    sequencer.reset(0)
    let next = 1
    for (let hole = 0; hole < 10_000; hole++) {
      for (let run = Math.floor(random() * 5); run >= 0; run--) expect(sequencer.check(note(next++))).toBe('apply')
      const lost = 1 + Math.floor(random() * 50)
      const raw = note(next + lost)
      expect(sequencer.check(raw)).toBe('resync')
      expect(sequencer.missing!(raw)).toEqual({ fromSeq: next, toSeq: next + lost - 1 })
      sequencer.reset(next + lost)
      next += lost + 1
    }
  })
})

describe('trades', () => {
  it('the first recap says where they stand and is no trade; a later one brings what was missed', () => {
    const sequencer = tradeSequencer()
    expect([trade(19, true), trade(20, true), trade(21), trade(21), trade(22, true), trade(23)].map((raw) => sequencer.check(raw))).toEqual(['drop', 'drop', 'apply', 'drop', 'apply', 'apply'])
  })
  it('a hole between the first recap and the first trade is one', () => {
    const sequencer = tradeSequencer()
    sequencer.check(trade(20, true))
    expect(sequencer.check(trade(22))).toBe('resync')
    expect(sequencer.missing!(trade(22))).toEqual({ fromSeq: 21, toSeq: 21 })
  })
  it('a heartbeat before any trade promises nothing that could be checked', () => {
    const sequencer = tradeSequencer()
    expect([beat(1, 50), beat(2, 50), trade(48, true), trade(49)].map((raw) => sequencer.check(raw))).toEqual(['drop', 'drop', 'drop', 'apply'])
  })
  it('what two heartbeats promise and no trade brings is lost', () => {
    const sequencer = tradeSequencer()
    expect([trade(20), beat(1, 22), trade(21), beat(2, 22)].map((raw) => sequencer.check(raw))).toEqual(['apply', 'drop', 'apply', 'resync'])
    expect(sequencer.missing!(beat(2, 22))).toEqual({ fromSeq: 22, toSeq: 22 })
    sequencer.reset(22)
    expect([beat(3, 22), trade(23)].map((raw) => sequencer.check(raw))).toEqual(['drop', 'apply'])
  })
})

describe('frames of a connection', () => {
  it('are numbered over all channels; errors are not', () => {
    const sequencer = envelopeSequencer()
    expect([frame(0), frame(undefined), frame(1), frame(1), frame(3)].map((raw) => sequencer.check(raw))).toEqual(['apply', 'apply', 'apply', 'drop', 'resync'])
    expect(sequencer.missing!(frame(3))).toEqual({ fromSeq: 2, toSeq: 2 })
  })
  it('not one false alarm in 300,000', () => {
    const sequencer = envelopeSequencer()
    for (let number = 0; number < 300_000; number++) if (sequencer.check(frame(number)) !== 'apply') expect.fail(`frame ${number}`)
  })
})
