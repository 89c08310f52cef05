import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { seededRandom } from '@rxlob/core'
import { WebSocketServer } from 'ws'

export interface AcmeServerOptions {
  /** Share of messages that are lost on their way, 0 to 1: for each connection the same ones again. Default 0. */
  readonly losses?: number
}

/** The venue: a market that walks at random, told to each connection from its beginning. */
export async function acmeServer({ losses = 0 }: AcmeServerOptions = {}) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  server.on('connection', (socket) => {
    const market = walk(server.clients.size)
    const luck = seededRandom(server.clients.size)
    const timer = setInterval(() => {
      for (let i = 0; i < 20; i++) {
        const message = market.next().value as { number: number }
        if (message.number === 0 || luck() >= losses) socket.send(JSON.stringify(message))
      }
    }, 5)
    socket.on('close', () => clearInterval(timer))
  })
  await once(server, 'listening')
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: (): number => server.clients.size,
    close(): void {
      for (const socket of server.clients) socket.terminate()
      server.close()
    },
  }
}

function* walk(seed: number): Generator<object, never, void> {
  const random = seededRandom(seed)
  let number = 0
  let mid = 10_000
  const price = (ticks: number): string => (ticks / 100).toFixed(2)
  const size = (): string => (1 + Math.floor(random() * 90) / 10).toFixed(1)
  const side = (step: 1 | -1): [string, string][] => Array.from({ length: 10 }, (_, level) => [price(mid + step * (level + 1)), size()])
  yield { type: 'book', number: number++, time: Date.now(), bids: side(-1), asks: side(1) }
  for (;;) {
    const time = Date.now()
    if (random() < 0.2) yield { type: 'trade', number: number++, time, price: price(mid + (random() < 0.5 ? -1 : 1)), size: size(), taker: random() < 0.5 ? 'buy' : 'sell' }
    else if (random() < 0.9) yield { type: 'change', number: number++, time, bids: side(-1).slice(0, 1 + Math.floor(random() * 3)), asks: [] }
    else {
      // Every level moves along, so that the book stays ten deep and never crosses.
      const step = random() < 0.5 ? -1 : 1
      mid += step
      const gone = (at: number): [string, string][] => [[price(at), '0.0']]
      const bids = step === 1 ? [...gone(mid - 11), ...side(-1)] : [...gone(mid), ...side(-1)]
      const asks = step === 1 ? [...gone(mid), ...side(1)] : [...gone(mid + 11), ...side(1)]
      yield { type: 'change', number: number++, time, bids, asks }
    }
  }
}
