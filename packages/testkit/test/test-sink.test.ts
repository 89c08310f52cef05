import { LobError, type Sink } from '@rxlob/core'
import { expect, it } from 'vitest'
import { testSink } from '../src/index.js'
import { brokenChecks } from './broken-checks.js'

interface Row {
  readonly at: number
  readonly values: number[]
}
const rows = (): Row[] => Array.from({ length: 7 }, (_, at) => ({ at, values: [(at + 1) / 3, at + 2] }))

/** Checks that fail for a sink into an array, changed from the good one. */
async function fails(change: (good: Sink<Row>, store: Row[]) => Partial<Sink<Row>>): Promise<Record<string, string>> {
  const store: Row[] = []
  let position: string | undefined
  const create = (): Sink<Row> => {
    let open = true
    const good: Sink<Row> = {
      contract: 1,
      name: 'array',
      async write(added, at) {
        if (!open) throw new LobError('LOB_SINK', 'Expected an open sink.')
        store.push(...structuredClone(added))
        position = at ?? position
      },
      lastPosition: async () => position,
      close: async () => void (open = false),
    }
    return { ...good, ...change(good, store) }
  }
  return brokenChecks(testSink(create, {
    rows,
    read: async () => store,
    reset: () => {
      store.length = 0
      position = undefined
    },
  }))
}
const names = async (change: (good: Sink<Row>, store: Row[]) => Partial<Sink<Row>>): Promise<string[]> => Object.keys(await fails(change))
const stores = 'stores rows once, in order, durable when write resolves'
const argument = 'changes nothing of its argument and keeps nothing of it'

it('a good one passes', async () => expect(await fails(() => ({}))).toEqual({}))
it('one without positions passes', async () => {
  const { lastPosition: _, ...rest } = { lastPosition: undefined, contract: 1 as const }
  expect(await fails(() => rest)).toEqual({})
})

it('rows stored late, twice, changed or out of order', async () => {
  expect(await names((good) => ({ write: async (added, at) => { await good.write([], at); setTimeout(() => void good.write(added).catch(() => {}), 5) } }))).toContain(stores)
  expect((await fails((good) => ({ write: async (added, at) => { await good.write(added, at); await good.write(added, at) } })))[stores]).toBe('array: after the first write: expected 3 rows in the store, found 6.')
  expect((await fails((good) => ({ write: (added, at) => good.write(added.map((row) => ({ ...row, at: row.at + 1 })), at) })))[stores]).toMatch(/row 0: expected {"at":0.* found {"at":1/)
  expect(await names((good) => ({ write: (added, at) => good.write(added.toReversed(), at) }))).toContain(stores)
})

it('no rows refused', async () => {
  expect(await names((good) => ({ write: async (added, at) => { if (added.length === 0) throw new Error('nothing'); await good.write(added, at) } }))).toEqual(['takes no rows at all'])
})

it('an argument changed or kept', async () => {
  expect(await names((good) => ({ write: async (added, at) => { await good.write(added, at); added[0]?.values.fill(0) } }))).toContain(argument)
  expect(await names((good) => {
    let waiting: readonly Row[] = []
    return { write: async (added, at) => { await good.write([], at); waiting = added }, close: async () => { await good.write(waiting).catch(() => {}); waiting = []; await good.close() } }
  })).toContain(argument)
})

it('a position lost or mixed up', async () => {
  const rule = ['keeps the position with the rows']
  expect(await names(() => ({ lastPosition: async () => undefined }))).toEqual(rule)
  expect(await names(() => { let own: string | undefined; return { lastPosition: async () => own, write: async (_, at) => void (own = at) } })).toEqual(expect.arrayContaining(rule))
})

it('closing that cannot be repeated', async () => {
  expect(await names((good) => { let closed = false; return { close: async () => { if (closed) throw new Error('closed already'); closed = true; await good.close() } } })).toContain('may be closed twice')
})

it('rows taken after closing', async () => expect(await names(() => ({ close: async () => {} }))).toEqual(['refuses rows once closed, with LOB_SINK']))
