import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { binance } from '@rxlob/adapters-binance'
import { BookTracker, type Instrument } from '@rxlob/core'
import { systemClock } from '@rxlob/feed'
import { changesOf, cycle, firstId } from './load-venue.ts'
import { millis, percentile, scaled, tally, type RowOptions, type RowResult } from './report.ts'

const steadyRate = 20_000
const burstRate = 50_000
const gateSeconds = 120
const burstSeconds = 5
const gateBursts = 3
/** Back to normal: what arrives was sent less than this long ago. */
const normalMicros = 50_000
/** Of a core: with less, and work waiting, the machine was taken by others. */
const fairShare = 0.7

/** G1 and G2: depth messages of 20 levels over a real socket, from another process, into a book. */
export async function load(options: RowOptions): Promise<readonly RowResult[]> {
  const g1 = tally('G1', 'sustained load', '20,000 messages of 20 levels a second for 2 min: no loss, p99 from receipt to book at most 5 ms', options)
  const child = fork(fileURLToPath(new URL('load-venue.ts', import.meta.url)), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const told = <T>(): Promise<T> => new Promise((resolve) => void child.once('message', (message) => resolve(message as T)))
  const { port } = await told<{ port: number }>()
  const hosts = { streams: `ws://127.0.0.1:${port}`, rest: `http://127.0.0.1:${port}` }
  const clock = systemClock()
  const sleep = (seconds: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, seconds * 1000))

  let tracker: BookTracker | undefined
  let messages = 0
  let gaps = 0
  let lastId = NaN
  let lag = 0
  const lags: number[] = []
  const delays: number[] = []
  let recording = false
  const subscription = binance({ symbols: ['LOADUSDT'], hosts }, { clock }).frames().subscribe((batch) => {
    tracker ??= new BookTracker(batch.instrument as Instrument, 5000)
    for (let row = 0; row < batch.length; ) row = tracker.applyRows(batch, row)
    const last = batch.length - 1
    if (batch.op[last] === 9) {
      gaps += batch.lots[last] === 0 ? 0 : 1
      return
    }
    const now = clock.now()
    messages++
    lastId = batch.seq?.[last] ?? NaN
    lag = now - batch.tsExchange[last]!
    if (recording && messages % 10 === 0) {
      delays.push(now - batch.tsLocal[last]!)
      lags.push(lag)
    }
  })
  for (let waited = 0; waited < 100 && messages === 0; waited++) {
    child.send({ rate: 100 })
    await sleep(0.1)
  }

  async function hold(rate: number, seconds: number): Promise<{ readonly rate: number; readonly cpu: number }> {
    child.send({ rate })
    await sleep(0.5)
    const from = messages
    const began = performance.now()
    const cpu = process.cpuUsage()
    await sleep(seconds)
    const took = (performance.now() - began) / 1000
    const used = process.cpuUsage(cpu)
    return { rate: (messages - from) / took, cpu: (used.user + used.system) / 1e6 / took }
  }
  const seconds = scaled(gateSeconds, Math.min(1, options.scale * 2))
  recording = true
  const steady = await hold(steadyRate, seconds)
  recording = false
  const [p50, p99] = [percentile(delays, 0.5), percentile(delays, 0.99)]
  const achieved = steady.rate / steadyRate
  if (!(p99 <= 5000)) g1.fail(`p99 from receipt to book is ${(p99 / 1000).toFixed(2)} ms`)
  g1.notes.push(`${Math.round(steady.rate).toLocaleString('en')} messages a second at ${Math.round(steady.cpu * 100)} % of a core; receipt to book p50 ${(p50 / 1000).toFixed(3)} ms, p99 ${(p99 / 1000).toFixed(3)} ms; sent to book p99 ${millis(percentile(lags, 0.99))}`)
  if (achieved < 0.95) g1.notes.push(`the generator was given too little of this machine to send more: ${(achieved * 100).toFixed(0)} % of the rate`)

  const g2 = tally('G2', 'burst', '50,000 messages a second for 5 s on top, three times: no loss, back to normal within 10 s', options)
  const bursts = scaled(gateBursts, options.scale >= 0.3 ? 1 : options.scale)
  let worstBurst = Infinity
  for (let burst = 0; burst < bursts; burst++) {
    const { rate, cpu } = await hold(steadyRate + burstRate, burstSeconds)
    worstBurst = Math.min(worstBurst, rate)
    const before = process.cpuUsage()
    child.send({ rate: steadyRate })
    const ended = performance.now()
    while (lag > normalMicros && performance.now() - ended < 30_000) await sleep(0.02)
    const back = performance.now() - ended
    g2.notes.push(`burst ${burst + 1}: ${Math.round(rate).toLocaleString('en')} messages a second; normal again after ${back.toFixed(0)} ms`)
    const used = process.cpuUsage(before)
    const given = (used.user + used.system) / 1000 / back
    if (back <= 10_000) continue
    // With work waiting, a process takes all of the processor that it is given.
    if (Math.max(cpu, given) < fairShare) g2.fail(`not judged: burst ${burst + 1}: this machine gave the client ${Math.round(given * 100)} % of a core while messages waited`)
    else g2.fail(`burst ${burst + 1}: not back to normal after ${(back / 1000).toFixed(1)} s with ${Math.round(given * 100)} % of a core`)
    await sleep(1)
    options.progress(`G2: ${burst + 1} of ${bursts} bursts`)
  }
  // Nothing more is sent; what is under way arrives.
  child.send({ rate: 0 })
  await sleep(1)
  child.send({ report: true })
  const { sent } = await told<{ sent: number }>()
  for (let waited = 0; waited < 1200 && lastId - firstId < sent; waited++) await sleep(0.1)
  const received = lastId - firstId
  const lost = sent - received
  if (lost !== 0 || gaps !== 0) g1.fail(`${sent} sent, the newest received is number ${received}, ${gaps} statuses that are none of a healthy feed`)
  const wrong = tracker === undefined ? -1 : differences(tracker, received)
  if (wrong !== 0) g1.fail(`${wrong} levels of the last book are not what was sent`)
  g1.notes.push(`${sent.toLocaleString('en')} sent with bursts, ${lost} lost, ${wrong} levels of the last book wrong`)
  for (const row of [g1, g2]) {
    row.sums.produced = sent
    row.sums.delivered = received
  }
  subscription.unsubscribe()
  child.disconnect()
  return [
    g1.result(`${Math.round(steady.rate).toLocaleString('en')} a second for ${seconds} s`, seconds < gateSeconds || achieved < 0.95),
    g2.result(`${bursts} bursts of ${Math.round(worstBurst).toLocaleString('en')} a second and more`, bursts < gateBursts || worstBurst < 0.95 * (burstRate + steadyRate)),
  ]
}

/** Levels that differ from the last sizes sent. */
function differences({ book }: BookTracker, messages: number): number {
  const sizes = new Map<number, number>()
  for (let message = Math.max(0, messages - cycle); message < messages; message++) for (const [offset, lots] of changesOf(message)) sizes.set(offset, lots)
  let wrong = 0
  for (const [offset, lots] of sizes) {
    const rank = Math.abs(offset) - 1
    if ((offset < 0 ? book.bidLots(rank) : book.askLots(rank)) !== lots) wrong++
  }
  return wrong
}
