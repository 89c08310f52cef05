import { LobError } from '@rxlob/core'
import type { TradePrint } from './messages.js'

/** What to read. REST answers are in milliseconds; the prints that come of them are in the unit of the stream whose hole they fill. */
export interface TradesAnswer {
  readonly symbol: string
  readonly aggregate: boolean
  readonly timeUnit: 'ms' | 'us'
}

/**
 * A REST answer of trades, oldest first: `[{"id":9001,"price":"64000.25","qty":"0.05","time":1790000000149,"isBuyerMaker":false}]`, or of
 * aggregate trades: `[{"a":700010,"p":"64000.25","q":"0.06","f":9001,"l":9002,"T":1790000000149,"m":false}]`.
 *
 * @throws {LobError} LOB_BAD_MESSAGE where it is none.
 */
export function readTrades(body: Uint8Array, { symbol, aggregate, timeUnit }: TradesAnswer): readonly TradePrint[] {
  const rows: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  if (!Array.isArray(rows)) throw new LobError('LOB_BAD_MESSAGE', `Expected a list of trades, got ${JSON.stringify(rows)?.slice(0, 100)}.`)
  const factor = timeUnit === 'us' ? 1000 : 1
  return rows.map((row: unknown) => {
    const { a, id, p, price, q, qty, f, l, T, time, m, isBuyerMaker } = (row ?? {}) as Record<string, unknown>
    const [number, at, maker] = aggregate ? [a, T, m] : [id, time, isBuyerMaker]
    const [cost, size] = aggregate ? [p, q] : [price, qty]
    if (!isId(number) || !isId(at) || typeof maker !== 'boolean' || typeof cost !== 'string' || typeof size !== 'string') {
      throw new LobError('LOB_BAD_MESSAGE', `Expected ${aggregate ? 'an aggregate trade' : 'a trade'}, got ${JSON.stringify(row)?.slice(0, 200)}.`)
    }
    return {
      type: 'trade', stream: undefined, symbol, id: number, f: aggregate && isId(f) ? f : number, l: aggregate && isId(l) ? l : number,
      E: at * factor, T: at * factor, p: cost, q: size, m: maker, X: undefined,
    }
  })
}

const isId = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
