import type { Level, Step } from './market.ts'
import type { Wire } from './system.ts'

export const symbolOf = (wire: Wire): string => (wire.startsWith('binance') ? 'DEMOUSDT' : 'DEMO-USD')

const decimal = (hundredths: number): string => (hundredths / 100).toFixed(2)
const pairs = (levels: readonly Level[]): [string, string][] => levels.map(([price, size]) => [decimal(price), decimal(size)])
const sorted = (side: ReadonlyMap<number, number>, sign: 1 | -1): Level[] => [...side].toSorted(([a], [b]) => sign * (a - b))

/** Midnight of a day in 2026; a message every 100 ms. */
const epochMillis = 1_790_000_000_000
const millisOf = (number: number): number => epochMillis + number * 100
const timeOf = (number: number): string => new Date(millisOf(number)).toISOString().replace('Z', '000Z')

/** A step as the venue sends it. `number` counts messages from 0. */
export function textOf(wire: Wire, step: Step, number: number): string {
  const E = millisOf(number)
  switch (wire) {
    case 'binance':
      return JSON.stringify({ stream: 'demousdt@depth@100ms', data: { e: 'depthUpdate', E, s: 'DEMOUSDT', U: step.first, u: step.last, b: pairs(step.bids), a: pairs(step.asks) } })
    case 'binance-usdm':
      return JSON.stringify({ stream: 'demousdt@depth@100ms', data: { e: 'depthUpdate', E, T: E, s: 'DEMOUSDT', U: step.first, u: step.last, pu: step.previous, b: pairs(step.bids), a: pairs(step.asks) } })
    case 'coinbase-advanced':
      return advanced(number, 'update', [...pairs(step.bids).map((level) => ['bid', ...level]), ...pairs(step.asks).map((level) => ['offer', ...level])])
    case 'coinbase-exchange':
      return JSON.stringify({ type: 'l2update', product_id: 'DEMO-USD', changes: [...pairs(step.bids).map((level) => ['buy', ...level]), ...pairs(step.asks).map((level) => ['sell', ...level])], time: timeOf(number) })
  }
}

/** The Exchange's sign of life, once a second; nothing for other venues. */
export function heartbeatTexts(wire: Wire, number: number): string[] {
  if (wire !== 'coinbase-exchange' || number % 10 !== 0) return []
  return [JSON.stringify({ type: 'heartbeat', sequence: number, last_trade_id: 1, product_id: 'DEMO-USD', time: timeOf(number) })]
}

function advanced(number: number, type: string, levels: readonly (readonly string[])[]): string {
  const updates = levels.map(([side, price_level, new_quantity]) => ({ side, event_time: timeOf(number), price_level, new_quantity }))
  return JSON.stringify({ channel: 'l2_data', client_id: '', timestamp: timeOf(number), sequence_num: number, events: [{ type, product_id: 'DEMO-USD', updates }] })
}

/** The snapshot with which a Coinbase stream begins. */
export function openingText(wire: Wire, { after }: Step, number: number): string {
  const [bids, asks] = [pairs(sorted(after.bids, -1)), pairs(sorted(after.asks, 1))]
  if (wire === 'coinbase-advanced') return advanced(number, 'snapshot', [...bids.map((level) => ['bid', ...level]), ...asks.map((level) => ['offer', ...level])])
  return JSON.stringify({ type: 'snapshot', product_id: 'DEMO-USD', bids, asks, time: timeOf(number) })
}

/** The REST book. */
export function restBook(wire: Wire, { after, last }: Step): string {
  const [bids, asks] = [pairs(sorted(after.bids, -1)), pairs(sorted(after.asks, 1))]
  if (wire === 'binance') return JSON.stringify({ lastUpdateId: last, bids, asks })
  if (wire === 'binance-usdm') return JSON.stringify({ lastUpdateId: last, E: epochMillis, T: epochMillis, bids, asks })
  if (wire === 'coinbase-exchange') return JSON.stringify({ sequence: last, bids: bids.map((level) => [...level, 1]), asks: asks.map((level) => [...level, 1]) })
  const named = (levels: [string, string][]): object[] => levels.map(([price, size]) => ({ price, size }))
  return JSON.stringify({ pricebook: { product_id: 'DEMO-USD', bids: named(bids), asks: named(asks), time: timeOf(0) } })
}
