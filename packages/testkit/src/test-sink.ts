import type { Sink } from '@rxlob/core'
import { isDeepStrictEqual } from 'node:util'
import type { Check } from './check.js'
import { demand } from './demand.js'
import { demandRefusal } from './demand-refusal.js'

export interface TestSinkOptions<Row> {
  /** Makes the rows to write, in order; six or more, all different, fresh objects at each call. */
  readonly rows: () => readonly Row[]
  /** Reads back what is stored, in the order it was written. Left out, only calls are tested. */
  readonly read?: () => Promise<readonly Row[]>
  /** Whether a row read back is the row that was written. Default deep equality. */
  readonly sameRow?: (found: Row, written: Row) => boolean
  /** Empties the store. Called before each check. */
  readonly reset?: () => void | Promise<void>
}

/**
 * The sink contract as checks: rows arrive once, in order and unchanged, the position is kept with them, closing is safe
 * to repeat, and nothing is written after it.
 *
 * @param create A sink on the store that `read` reads, for each check.
 * @example
 * for (const check of testSink(() => parquetSink({ folder }), { rows, read })) it(check.name, check.run)
 */
export function testSink<Row>(create: () => Sink<Row> | Promise<Sink<Row>>, options: TestSinkOptions<Row>): Check[] {
  const { read, reset, sameRow = isDeepStrictEqual } = options
  const check = (name: string, body: (sink: Sink<Row>, rows: readonly Row[], third: number) => Promise<void>): Check => ({
    name,
    async run() {
      await reset?.()
      const sink = await create()
      const rows = options.rows()
      try {
        await body(sink, rows, Math.ceil(rows.length / 3))
      } finally {
        await sink.close()
      }
    },
  })
  const stored = async (name: string, expected: readonly Row[], when: string): Promise<void> => {
    if (!read) return
    const found = await read()
    demand(found.length === expected.length, () => `${name}: ${when}: expected ${expected.length} rows in the store, found ${found.length}.`)
    for (const [at, row] of expected.entries()) {
      demand(sameRow(found[at]!, row), () => `${name}: ${when}: row ${at}: expected ${JSON.stringify(row)}, found ${JSON.stringify(found[at])}.`)
    }
  }

  return [
    check('names its contract', async ({ contract, name }, rows) => {
      demand(contract === 1, () => `Expected contract 1, got ${String(contract)}.`)
      demand(typeof name === 'string' && name.length > 0, () => 'A sink has a name.')
      demand(rows.length >= 6, () => `Pass six or more rows, not ${rows.length}.`)
    }),
    check('stores rows once, in order, durable when write resolves', async (sink, rows, third) => {
      await sink.write(rows.slice(0, third))
      await stored(sink.name, rows.slice(0, third), 'after the first write')
      await sink.write(rows.slice(third, 2 * third))
      await sink.write(rows.slice(2 * third))
      await stored(sink.name, rows, 'after three writes')
      await sink.close()
      await stored(sink.name, rows, 'after closing')
    }),
    check('takes no rows at all', async (sink) => {
      await sink.write([])
      await stored(sink.name, [], 'after a write of no rows')
    }),
    check('changes nothing of its argument and keeps nothing of it', async (sink, rows) => {
      await sink.write(Object.freeze(rows.slice()))
      for (const [at, row] of options.rows().entries()) demand(sameRow(rows[at]!, row), () => `${sink.name}: write changes row ${at} that it is given.`)
      const shared = rows.slice()
      await sink.write(shared)
      shared.length = 0
      await sink.close()
      await stored(sink.name, [...options.rows(), ...options.rows()], 'with the array emptied after write')
    }),
    check('keeps the position with the rows', async (sink, rows, third) => {
      if (!sink.lastPosition) return
      const before = await sink.lastPosition()
      demand(before === undefined, () => `${sink.name}: an empty store has no position, got ${String(before)}.`)
      await sink.write(rows.slice(0, third), 'first')
      await sink.write(rows.slice(third), 'second')
      const now = await sink.lastPosition()
      demand(now === 'second', () => `${sink.name}: expected the position "second", got ${String(now)}.`)
      await sink.close()
      const again = await create()
      const later = await again.lastPosition!()
      await again.close()
      demand(later === 'second', () => `${sink.name}: opened again: expected the position "second", got ${String(later)}.`)
    }),
    check('may be closed twice', async (sink, rows) => {
      await sink.write(rows)
      await sink.close()
      await sink.close()
    }),
    check('refuses rows once closed, with LOB_SINK', async (sink, rows) => {
      await sink.close()
      await demandRefusal(sink.name, 'write after close', () => sink.write(rows), 'LOB_SINK')
    }),
  ]
}
