import { openBinanceCapture, readMessage, type BinanceMessage } from '@rxlob/adapters-binance'
import { feedCore, type FeedCounts, type WireItem } from '@rxlob/feed'
import type { Capture } from './binance-captures.ts'

/** What one capture showed. */
export interface CaptureReport {
  readonly name: string
  readonly symbols: number
  readonly counts: FeedCounts
  /** Depth messages, and those whose numbers do not follow the message before: counted here by a loop of five lines, beside the sequencer. */
  readonly depth: number
  readonly chainGaps: number
  readonly events: Readonly<Record<string, number>>
  /** Books that became live, of the capture's symbols that have a snapshot. */
  readonly snapshots: number
  readonly seconds: number
}

export async function verifyBinance(capture: Capture): Promise<CaptureReport> {
  const started = performance.now()
  const { spec, open } = openBinanceCapture(capture)
  const events: Record<string, number> = {}
  const chain = chainCheck(capture.market === 'usdm' || capture.market === 'coinm')
  const core = feedCore(spec, (event) => {
    const key = event.kind === 'status' ? `status ${event.status}` : event.kind
    events[key] = (events[key] ?? 0) + 1
  })
  for await (const items of open()) {
    for (const item of items) {
      core.accept(item)
      chain.see(item)
    }
  }
  return {
    name: capture.name, symbols: capture.symbols.length, counts: core.counts, depth: chain.depth, chainGaps: chain.gaps,
    events, snapshots: core.counts.snapshots, seconds: (performance.now() - started) / 1000,
  }
}

/** An oracle too simple to be wrong: each depth message must name its predecessor. */
function chainCheck(futures: boolean) {
  const last = new Map<string, number>()
  const check = {
    depth: 0,
    gaps: 0,
    see(item: WireItem): void {
      if (item.kind !== 'frame') return
      const message: BinanceMessage = readMessage(item.data)
      if (message.type !== 'depth') return
      check.depth++
      const before = last.get(message.symbol)
      if (before !== undefined && (futures ? message.pu : message.U - 1) !== before) check.gaps++
      last.set(message.symbol, message.u)
    },
  }
  return check
}
