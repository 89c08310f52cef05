import { merge } from 'rxjs'
import { mergeBatches } from '../batch/merge-batches.js'
import type { Source, SourceCapabilities } from '../contracts/source.js'
import { LobError } from '../errors.js'
import { eventsOf } from './events-of.js'

const bookRank = ['none', 'l1', 'l2', 'l3'] as const

/**
 * One source of several. Replays with batches give one stream in `tsLocal` order, ties to the earlier source;
 * where one of them is live or only pushes, events come as they come.
 *
 * @throws {LobError} LOB_BAD_OPTION for an empty list, and from `batches` for `from`: no position is of all sources.
 */
export function mergeSources(sources: readonly Source[]): Source {
  if (sources.length === 0) throw new LobError('LOB_BAD_OPTION', 'Expected at least one source to merge, got none.')
  const name = sources.map((source) => source.name).join('+')
  const supports = sources.map((source) => source.supports).reduce(weakest)
  if (!sources.every((source) => source.batches !== undefined && source.supports.timing === 'replay')) {
    return { contract: 1, name, supports, events: () => merge(...sources.map((source) => source.events())) }
  }
  const open = (signal?: AbortSignal): ReturnType<typeof mergeBatches> =>
    mergeBatches(sources.map((source) => source.batches!(signal === undefined ? {} : { signal })))
  return {
    contract: 1,
    name,
    supports,
    events: () => eventsOf(open),
    batches({ from, signal } = {}) {
      if (from !== undefined) throw new LobError('LOB_BAD_OPTION', `Option from: ${name} is merged of several sources and cannot resume at a position; resume each, then merge.`, { stream: name })
      return open(signal)
    },
  }
}

/** What can be relied on of both. */
function weakest(a: SourceCapabilities, b: SourceCapabilities): SourceCapabilities {
  return {
    timing: a.timing === 'live' || b.timing === 'live' ? 'live' : 'replay',
    book: bookRank[Math.min(bookRank.indexOf(a.book), bookRank.indexOf(b.book))]!,
    levels: Math.min(a.levels, b.levels),
    trades: a.trades && b.trades,
    detects: {
      gaps: a.detects.gaps && b.detects.gaps,
      staleness: a.detects.staleness && b.detects.staleness,
      lostTrades: a.detects.lostTrades && b.detects.lostTrades,
    },
  }
}
