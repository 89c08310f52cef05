import { expect, it } from 'vitest'
import { virtualClock } from '../src/index.js'
import { streamRestarter } from '../src/stream-restarter.js'

const second = 1_000_000

function restarting(liveAfter = Infinity) {
  const clock = virtualClock()
  const begun = clock.now()
  const log: [what: string, at: number][] = []
  let live = false
  const at = (): number => (clock.now() - begun) / second
  const restarter = streamRestarter({
    clock,
    live: () => live,
    restart: (symbol) => {
      log.push([`restart ${symbol}`, at()])
      if (log.length >= liveAfter) live = true
    },
    giveUp: (symbol) => void log.push([`give up ${symbol}`, at()]),
  })
  return { clock, log, restarter, lose: () => void (live = false) }
}

it('asks once however often it is wanted, and is done when the book is live', async () => {
  const { clock, log, restarter } = restarting(1)
  for (let i = 0; i < 100; i++) restarter.want('BTC', false)
  await clock.advance(60 * second)
  expect(log).toEqual([['restart BTC', 0.001]])
  expect(clock.pending).toBe(0)
})

it('asks three times, ten seconds apart and more, then gives up', async () => {
  const { clock, log, restarter } = restarting()
  restarter.want('BTC', true)
  await clock.advance(60 * second)
  expect(log.map(([what]) => what)).toEqual(['restart BTC', 'restart BTC', 'restart BTC', 'give up BTC'])
  expect(log.map(([, at]) => at)).toEqual([0.001, 10.251, 20.751, 30.751])
})

it('a book that is lost again and again is restarted ever more slowly, for up to 8 s', async () => {
  const { clock, log, restarter, lose } = restarting(1)
  for (let i = 0; i < 10; i++) {
    restarter.want('BTC', true)
    await clock.advance(20 * second)
    lose()
  }
  const waits = log.map(([, at], i) => Number((at - i * 20).toFixed(3)))
  expect(waits).toEqual([0.001, 0.25, 0.5, 1, 2, 4, 8, 8, 8, 8])
})

it('a book that was live and is lost again does not wait for the patience of the restart before', async () => {
  const { clock, log, restarter, lose } = restarting(1)
  restarter.want('BTC', true)
  await clock.advance(second)
  lose()
  restarter.want('BTC', true)
  restarter.want('BTC', false)
  await clock.advance(60 * second)
  expect(log).toEqual([['restart BTC', 0.001], ['restart BTC', 1.25]])
  expect(clock.pending).toBe(0)
})

it('leaves no timer behind', () => {
  const { clock, restarter } = restarting()
  restarter.want('BTC', true)
  restarter.want('ETH', true)
  restarter.stop()
  expect(clock.pending).toBe(0)
})
