import { Op, statusNames } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { auditLobster, lobster } from '../src/index.js'

const folder = `${process.env.RXLOB_DATA}/lobster`

// Seconds each, but minutes where a busy machine also counts coverage.
describe.skipIf(!process.env.RXLOB_DATA)('the public sample days', { timeout: 600_000 }, () => {
  // Rows and unseen ids by wc and awk; hashes by zstdcat | sha256sum.
  it.each([
    ['GOOG', 10, 147_916, 3363, '6767177b0fd926ef9674185af9356828c30e2d4fb45b3cfed637d1c64e8eba19', '9ebe00b4f1aee57aa73dcb979e1074d16554296ca32b87440ce756c60974bb53'],
    ['GOOG', 5, 112_673, 4951, '95a70c44ed1ae0effc56f28e79d12a8f105b29bd21482ed78deff20167a5e8e0', '1a4691864742cc8cd033f22892d4b3e953c620c4b4ffc9487a7edc4d0073d945'],
    ['GOOG', 1, 49_482, 4476, '4d1c8b44c9c1c5d5bbb49fb2876cc3bbc1645e2d57694679a6d5116113c07924', 'e0f365aee42d7bf74c0bc0a404c4466dd3d22658b9bc62755820e87e79219697'],
    ['AAPL', 1, 118_497, 14_980, 'c04cc8a5d40fb24a2ac459e7e82873e43bbdcc36cdc665ea5d4b8ac77c34d562', '7f15c4f2e94283f5a70201d356c977a105b39a001fd0f07f42f1186ffd51b387'],
  ])('%s at %d levels is published row by row as the file has it', async (symbol, levels, rows, unseenOrderIds, messages, orderbook) => {
    const { files, ...audit } = await auditLobster({ folder, symbol, levels })
    expect(audit).toMatchObject({ rows, mismatches: 0, messageMismatches: 0, gaps: 0, unseenOrderIds, crossed: 0 })
    expect(files.map(({ sha256 }) => sha256)).toEqual([messages, orderbook])
  })

  it('give one event a message: so many of each type as the file has', async () => {
    const events = new Map<number, number>()
    for await (const { op, length, flags } of lobster({ folder, symbol: 'GOOG', levels: 10 }).batches!()) {
      for (let row = 0, first = true; row < length; row++) {
        if (first) events.set(op[row]!, (events.get(op[row]!) ?? 0) + 1)
        first = (flags[row]! & 1) === 1
      }
    }
    // cut -d, -f2 | sort | uniq -c
    expect(Object.fromEntries(events)).toEqual({ [Op.clear]: 1, [Op.add]: 71_258, [Op.reduce]: 19, [Op.remove]: 64_961, [Op.fill]: 7765, [Op.trade]: 3913 })
  })

  it.each([['AAPL', 91_997], ['MSFT', 141_507]])('of %s, messages alone, are read too', async (symbol, rows) => {
    let events = 0
    const source = lobster({ folder, symbol, levels: 50 })
    for await (const { op, lots, length, flags } of source.batches!()) {
      if (events === 0) expect([op[0], statusNames[lots[0]!]]).toEqual([Op.status, 'gap'])
      for (let row = 0; row < length; row++) events += flags[row]! & 1
    }
    expect(source.supports.book).toBe('none')
    expect(events).toBe(rows + 1)
  })
})
