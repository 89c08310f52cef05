import { describe, expect, it } from 'vitest'
import { Cause, ChangeLog } from '../../src/book/change-log.js'

const rowsOf = (log: ChangeLog) => Array.from({ length: log.length }, (_, row) => [log.side(row), log.ticks(row), log.lotsBefore(row), log.lotsAfter(row), log.cause(row)])

describe('ChangeLog', () => {
  it('keeps every change in order, however many an event makes', () => {
    const log = new ChangeLog()
    const names = ['set', 'add', 'cancel', 'fill', 'replace', 'snapshot', 'scroll'] as const
    const rows = Array.from({ length: 70 }, (_, n) => [n % 2 === 0 ? 1 : -1, 1000 + n, n, 2 * n + 1, names[n % 7]!] as const)
    for (const [n, [side, ticks, before, after, cause]] of rows.entries()) {
      log.push(side, ticks, before, after, Cause[cause], 100 - n)
      expect(rowsOf(log)).toEqual(rows.slice(0, n + 1))
      expect(log.shallowest).toBe(100 - n)
    }
  })

  it('knows the shallowest depth that anything reached', () => {
    const log = new ChangeLog()
    expect([log.length, log.shallowest]).toEqual([0, Infinity])
    log.push(1, 10, 0, 1, Cause.add, 4)
    log.push(-1, 12, 0, 1, Cause.add, 6)
    expect(log.shallowest).toBe(4)
    log.reach(5)
    expect(log.shallowest).toBe(4)
    log.reach(0)
    expect([log.length, log.shallowest]).toEqual([2, 0])
    log.clear()
    expect([log.length, log.shallowest]).toEqual([0, Infinity])
    log.push(-1, 9, 3, 0, Cause.fill, 2)
    expect([rowsOf(log), log.shallowest]).toEqual([[[-1, 9, 3, 0, 'fill']], 2])
  })
})
