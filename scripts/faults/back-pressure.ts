import type { EventBatch } from '@rxlob/core'
import { scaled, tally, type RowOptions, type RowResult } from './report.ts'
import { rig, sourceOf } from './rig.ts'

const gateSeconds = 60
/** Events that may wait for the reader. */
const capacity = 50

/** G15: a reader at a tenth of the speed, under each policy: nothing grows, and everything is accounted for. */
export async function backPressure(options: RowOptions): Promise<RowResult> {
  const g15 = tally('G15', 'back-pressure', '1 min with a reader at a tenth of the speed: produced = delivered + conflated + dropped', options)
  const seconds = scaled(gateSeconds, options.scale)
  for (const policy of ['block', 'conflate', 'drop'] as const) {
    const { clock, venue, symbols, outside, stop, watch } = rig({ feed: 'spot', seed: options.seed + 3, symbols: 2, ordersPerSecond: 100, latencyMicros: 1000 })
    let counts = { produced: 0, delivered: 0, conflated: 0, dropped: 0 }
    let waitedMost = 0
    const abort = new AbortController()
    // Trades come one by one: with them the source makes about 30 events a symbol and second. The reader takes a tenth.
    const batches = sourceOf('spot', symbols, outside).batches!({ signal: abort.signal, slow: { policy, capacityEvents: capacity, report: (now: typeof counts) => void (counts = { ...now }) } } as never)[Symbol.asyncIterator]()
    let marked = 0
    let rows = 0
    const reading = (async (): Promise<void> => {
      for (;;) {
        const { value, done } = await batches.next()
        if (done === true) return
        const batch = value as EventBatch
        for (let row = 0; row < batch.length; row++) if (batch.op[row] === 9) marked++
        rows += batch.length
        waitedMost = Math.max(waitedMost, batch.length)
        // Once told to stop, it takes the rest at once.
        if (abort.signal.aborted) continue
        const events = Math.max(1, batch.length / 3)
        await new Promise<void>((resolve) => void clock.after(Math.round((events / 6) * 1_000_000), resolve))
      }
    })()
    await clock.advance(seconds * 1_000_000)
    const heap = process.memoryUsage().heapUsed
    abort.abort()
    // The reader takes what still waits.
    for (let round = 0; round < 600 && (await Promise.race([reading.then(() => true), Promise.resolve(false)])) === false; round++) await clock.advance(1_000_000)
    const { produced, delivered, conflated, dropped } = counts
    if (produced !== delivered + conflated + dropped) g15.fail(`${policy}: produced ${produced}, delivered ${delivered} + conflated ${conflated} + dropped ${dropped}`)
    if (policy === 'block' && conflated + dropped > 0) g15.fail(`block: ${conflated} conflated, ${dropped} dropped`)
    if (produced === 0) g15.fail(`${policy}: nothing was produced`)
    if (policy === 'conflate' && conflated === 0) g15.fail('conflate: the reader was never slow')
    if (policy === 'drop' && dropped === 0) g15.fail('drop: the reader was never slow')
    if (policy === 'drop' && dropped > 0 && marked === 0) g15.fail('drop: no mark in the stream')
    g15.sums.produced += produced
    g15.sums.delivered += delivered
    g15.sums.conflated += conflated
    g15.sums.dropped += dropped
    g15.notes.push(`${policy}: produced ${produced} = delivered ${delivered} + conflated ${conflated} + dropped ${dropped}; ${rows} rows read, ${marked} marks, heap ${Math.round(heap / 2 ** 20)} MiB`)
    for (const violation of venue.politeness.report().violations) g15.fail(`impolite: ${violation}`)
    void watch
    await stop()
  }
  return g15.result(`${seconds} s under each policy`, seconds < gateSeconds)
}
