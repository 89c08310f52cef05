import { normalizeBookChanges, OrderBook } from 'tardis-dev'
import { cents, type MakeSystem, type Shown, type System, type Wire } from '../system.ts'
import { restBook } from '../texts.ts'

const exchanges: Partial<Record<Wire, 'binance' | 'binance-futures' | 'coinbase'>> = { binance: 'binance', 'binance-usdm': 'binance-futures', 'coinbase-exchange': 'coinbase' }

/** The mapper that `normalizeBookChanges` makes, message by message, into an `OrderBook`: what `streamNormalized` and `compute` do. */
export const tardis = (removeCrossedLevels: boolean): MakeSystem => async (wire) => {
  const exchange = exchanges[wire]
  if (exchange === undefined) return undefined
  const told: string[] = []
  const mapper = normalizeBookChanges(exchange, new Date())
  const book = new OrderBook({ removeCrossedLevels, onCrossedLevelRemoved: () => told.push('callback: crossed level removed') })
  let opened = wire === 'coinbase-exchange'

  function take(message: unknown): void {
    if (!mapper.canHandle(message as never)) return
    try {
      for (const change of mapper.map(message as never, new Date()) ?? []) book.update(change)
    } catch (error) {
      told.push(`exception: ${(error as Error).message.slice(0, 60)}`)
    }
  }

  const side = (levels: IterableIterator<{ price: number; amount: number }>): Map<number, number> => new Map([...levels].map(({ price, amount }) => [cents(price), cents(amount)]))
  const system: System = {
    told,
    stop() {},
    async step(texts, now, number) {
      for (const text of texts) take(JSON.parse(text))
      // Its live feed asks for one snapshot when the streams have begun.
      if (!opened && number === 3) {
        opened = true
        take({ stream: 'demousdt@depthSnapshot', generated: true, data: JSON.parse(restBook(wire, now)) })
      }
    },
    shown: (): Shown | undefined => (book.bestBid() === undefined ? undefined : { bids: side(book.bids()), asks: side(book.asks()) }),
  }
  return system
}
