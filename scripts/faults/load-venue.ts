// A Binance spot stream at any rate, on its own process: node scripts/faults/load-venue.ts. Commands come from the parent: {"rate":20000}.
import { pathToFileURL } from 'node:url'
import { systemClock } from '@rxlob/feed'
import { venueServer, type HostedVenue, type Wire } from '@rxlob/testkit/venues'

/** Prices are steps of 0.01 on both sides of this. */
const middle = 6_400_000
const levelsAside = 200
const perSide = 10
/** Messages differ, and come again after so many. */
export const cycle = 1000
export const firstId = 1000

/** Level changes of message n: price in steps from the middle (below it bids), and lots. Known to both sides. */
export function changesOf(message: number): readonly (readonly [offset: number, lots: number])[] {
  const at = message % cycle
  return Array.from({ length: 2 * perSide }, (_, level) => {
    const side = level < perSide ? -1 : 1
    const distance = 1 + ((at * 7 + level * 13) % levelsAside)
    return [side * distance, 1 + ((at * 31 + level * 17) % 5000)] as const
  })
}

const priceText = (offset: number): string => ((middle + offset) / 100).toFixed(8)
const sizeText = (lots: number): string => (lots / 100_000).toFixed(8)

function serve(): void {
  const sides = Array.from({ length: cycle }, (_, at) => {
    const changes = changesOf(at)
    const text = (sign: number): string => changes.filter(([offset]) => Math.sign(offset) === sign).map(([offset, lots]) => `["${priceText(offset)}","${sizeText(lots)}"]`).join(',')
    return `"b":[${text(-1)}],"a":[${text(1)}]}}`
  })
  const clock = systemClock()
  let wire: Wire | undefined
  let rate = 0
  let sent = 0
  let due = 0
  let last = clock.now()

  function send(): void {
    const now = clock.now()
    // A generator that was not given the processor does not catch up with more than a tenth of a second at once.
    due = Math.min(due + ((now - last) / 1e6) * rate, rate / 10)
    last = now
    for (; due >= 1 && wire !== undefined; due--) {
      const id = firstId + 1 + sent
      wire.message(`{"stream":"loadusdt@depth@100ms","data":{"e":"depthUpdate","E":${now},"s":"LOADUSDT","U":${id},"u":${id},${sides[sent % cycle]}`)
      sent++
    }
    setTimeout(send, 1)
  }
  const levels = (sign: number): readonly string[][] => Array.from({ length: levelsAside }, (_, level) => [priceText(sign * (level + 1)), sizeText(1)])
  const info = { symbols: [{ symbol: 'LOADUSDT', status: 'TRADING', baseAsset: 'LOAD', quoteAsset: 'USDT', filters: [{ filterType: 'PRICE_FILTER', tickSize: '0.01000000' }, { filterType: 'LOT_SIZE', stepSize: '0.00001000' }] }] }
  const venue: Pick<HostedVenue, 'answer' | 'connect'> = {
    answer: ({ url }) => ({ afterMicros: 0, status: 200, headers: {}, body: JSON.stringify(url.includes('/depth') ? { lastUpdateId: firstId, bids: levels(-1), asks: levels(1) } : info) }),
    connect(_, opened) {
      wire = opened
      return { received() {}, pinged() {}, ponged() {}, closed() { wire = undefined } }
    },
  }
  process.on('message', (command: { rate?: number; report?: boolean }) => {
    if (command.rate !== undefined) ({ rate } = command as { rate: number })
    if (command.report === true) process.send!({ sent })
  })
  process.on('disconnect', () => process.exit(0))
  void venueServer({ venue: venue as HostedVenue, clock }).then(({ port }) => process.send!({ port }))
  send()
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) serve()
