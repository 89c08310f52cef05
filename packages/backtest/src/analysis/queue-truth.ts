import { batchesOf, BookTracker, LobError, Op, RowFlag, type EventBatch, type Lots, type Micros, type Source, type Ticks } from '@rxlob/core'
import { Arrivals } from '../engine/arrivals.js'
import { reachedLots } from '../engine/reached-lots.js'
import type { QueueModel, QueueState } from '../queue/queue-model.js'

/** What a queue model says of orders whose fate is known. */
export interface QueueTruth {
  readonly queue: string
  /** Orders that were executed and whose level stayed visible from their arrival to their first fill. */
  readonly executed: number
  /** Of these: the first fill came at the same message as the real one. */
  readonly sameMessage: number
  /** The same two of orders that found others at their price when they came: the only ones whose place matters. */
  readonly queuedExecuted: number
  readonly queuedSameMessage: number
  /** The model filled them before. */
  readonly early: number
  /** The model had not filled them by then. */
  readonly late: number
  /** Mean of model minus real time of the early ones; NaN where there are none. */
  readonly meanEarlyMicros: Micros
  /** Orders withdrawn without a fill, their level visible all the time. */
  readonly neverExecuted: number
  /** Of these: the model filled them. */
  readonly falseFills: number
}

interface Shadow extends QueueState {
  readonly id: number
  readonly side: 1 | -1
  readonly ticks: Ticks
  lots: Lots
  readonly joined: number
  readonly queued: boolean
  /** When the model filled it, NaN while it has not. */
  filledAt: Micros
}

/**
 * Puts every order of a level 3 replay in the place of one of ours, lets a queue model decide its first fill from the events of the
 * others alone, and counts how often that was when it was really filled.
 *
 * Orders that were there at the snapshot, that were replaced, or whose level went out of view are left out. An order's own messages tell
 * when it was really filled and by how much; the model is only told that so many lots traded at the price, not whose.
 *
 * @param queue Default `fifo`, the exact place.
 * @throws {LobError} LOB_BAD_OPTION where the source shows no orders.
 */
export async function queueTruth(source: Source, queue: QueueModel | 'fifo' = 'fifo'): Promise<QueueTruth> {
  if (source.supports.book !== 'l3') throw new LobError('LOB_BAD_OPTION', `queueTruth: expected a source of orders (l3), ${source.name} shows ${source.supports.book}.`)
  const study = new TruthStudy(queue === 'fifo' ? undefined : queue)
  for await (const batch of batchesOf(source)) study.take(batch)
  return { queue: queue === 'fifo' ? 'fifo' : queue.name, ...study.counts, meanEarlyMicros: study.earlyMicros / study.counts.early }
}

class TruthStudy {
  readonly counts = { executed: 0, sameMessage: 0, queuedExecuted: 0, queuedSameMessage: 0, early: 0, late: 0, neverExecuted: 0, falseFills: 0 }
  earlyMicros = 0
  private readonly model: QueueModel | undefined
  private tracker: BookTracker | undefined
  private readonly arrivals = new Arrivals()
  private readonly shadows = new Map<number, Shadow>()
  private readonly levels = new Map<number, Set<Shadow>>()
  private epoch = -1

  constructor(model: QueueModel | undefined) {
    this.model = model
  }

  take(batch: EventBatch): void {
    const tracker = (this.tracker ??= new BookTracker(batch.instrument, batch.levels))
    if (tracker.instrument.id !== batch.instrument.id) throw new LobError('LOB_BAD_OPTION', `queueTruth: expected one instrument, got ${tracker.instrument.id} and ${batch.instrument.id}.`)
    tracker.redefine(batch.instrument, batch.levels)
    for (let row = 0; row < batch.length; ) {
      const op = batch.op[row]!
      const ordered = op >= Op.add && op <= Op.replace && tracker.book.synced
      const joined = ordered ? this.order(batch, row, op) : undefined
      if (op === Op.trade && batch.flags[row]! & RowFlag.hidden) this.through(batch.flags[row]! & RowFlag.sell ? 1 : -1, batch.ticks[row]!, batch.tsExchange[row]!)
      row = tracker.applyRows(batch, row)
      if (tracker.bookEpoch !== this.epoch || tracker.kind === 'snapshot') this.restart()
      else this.follow(joined)
      if (joined !== undefined) this.keep(joined)
    }
  }

  /** Before the book has it; the shadow of an order that joins. */
  private order(batch: EventBatch, row: number, op: number): Shadow | undefined {
    const id = batch.orderId![row]!
    const side = batch.flags[row]! & RowFlag.sell ? -1 : 1
    const ticks = batch.ticks[row]!
    const lots = batch.lots[row]!
    const own = this.shadows.get(id)
    if (op === Op.add) {
      const level = (side === 1 ? this.tracker!.book.bids : this.tracker!.book.asks).lotsAt(ticks)
      const joined = this.arrivals.join(side, ticks)
      this.arrivals.add(side, ticks, id)
      return { id, side, ticks, lots, ahead: level, traded: 0, joined: joined + 1, queued: level > 0, filledAt: NaN }
    }
    if (op === Op.fill) this.fill(id, side, ticks, lots, batch.tsExchange[row]!, own)
    else if (op === Op.reduce) {
      this.withdraw(id, side, ticks, lots, own)
      if (own !== undefined) own.lots -= lots
    } else {
      this.leave(id, side, ticks, lots, own)
      if (op === Op.replace) this.arrivals.add(side, ticks, id)
      if (own !== undefined && op === Op.remove) {
        this.counts.neverExecuted++
        if (!Number.isNaN(own.filledAt)) this.counts.falseFills++
      }
      if (own !== undefined) this.forget(own)
    }
    return undefined
  }

  private fill(id: number, side: 1 | -1, ticks: Ticks, lots: Lots, now: Micros, own: Shadow | undefined): void {
    this.through(side, ticks, now)
    for (const shadow of this.levels.get(keyOf(side, ticks)) ?? []) {
      const behind = shadow !== own && this.arrivals.isBehind(side, ticks, id, shadow.joined)
      const reached = reachedLots(shadow, this.model, lots, lots, behind)
      if (reached > 0 && Number.isNaN(shadow.filledAt) && shadow !== own) shadow.filledAt = now
      if (shadow === own) this.settle(own, reached > 0, now)
    }
  }

  /** A fill at a price beyond a shadow's would have met the shadow first. */
  private through(side: 1 | -1, ticks: number, now: Micros): void {
    const levels = side === 1 ? this.tracker!.book.bids : this.tracker!.book.asks
    for (let level = 0; side * levels.ticks(level) > side * ticks; level++) {
      for (const shadow of this.levels.get(keyOf(side, levels.ticks(level))) ?? []) if (Number.isNaN(shadow.filledAt)) shadow.filledAt = now
    }
  }

  private settle(shadow: Shadow, reached: boolean, now: Micros): void {
    this.counts.executed++
    if (shadow.queued) this.counts.queuedExecuted++
    if (!Number.isNaN(shadow.filledAt)) {
      this.counts.early++
      this.earlyMicros += shadow.filledAt - now
    } else if (reached) {
      this.counts.sameMessage++
      if (shadow.queued) this.counts.queuedSameMessage++
    } else this.counts.late++
    this.forget(shadow)
  }

  /** All that is left of an order goes; the book knows best from where. */
  private leave(id: number, side: 1 | -1, ticks: Ticks, lots: Lots, own: Shadow | undefined): void {
    const queues = this.tracker!.orders?.queues
    const held = queues === undefined ? -1 : queues.find(id)
    if (held >= 0 && queues!.rests(held)) {
      this.withdraw(id, queues!.side(held), queues!.ticks(held), queues!.lots(held), own)
      this.arrivals.remove(queues!.side(held), queues!.ticks(held), id)
    } else this.withdraw(id, side, ticks, lots, own)
  }

  private withdraw(id: number, side: 1 | -1, ticks: Ticks, lots: Lots, own: Shadow | undefined): void {
    if (this.model !== undefined) return
    for (const shadow of this.levels.get(keyOf(side, ticks)) ?? []) {
      if (shadow !== own && !this.arrivals.isBehind(side, ticks, id, shadow.joined)) shadow.ahead = Math.max(0, shadow.ahead - lots)
    }
  }

  /** After the book has it: sizes for the models, levels that went out of view. */
  private follow(joined: Shadow | undefined): void {
    const { changes } = this.tracker!
    for (let row = 0; row < changes.length; row++) {
      const key = keyOf(changes.side(row), changes.ticks(row))
      const held = this.levels.get(key)
      if (held === undefined) continue
      const after = changes.lotsAfter(row)
      if (changes.cause(row) === 'scroll') {
        if (after === 0) for (const shadow of held) this.forget(shadow)
      } else if (this.model !== undefined) {
        // The shadow's own lots are in the level and would not be beside ours.
        for (const shadow of held) if (shadow !== joined) this.model.depth(shadow, changes.lotsBefore(row) - shadow.lots, Math.max(0, after - shadow.lots))
      }
    }
  }

  private keep(shadow: Shadow): void {
    const key = keyOf(shadow.side, shadow.ticks)
    this.shadows.set(shadow.id, shadow)
    const level = this.levels.get(key)
    if (level === undefined) this.levels.set(key, new Set([shadow]))
    else level.add(shadow)
  }

  private forget(shadow: Shadow): void {
    this.shadows.delete(shadow.id)
    this.levels.get(keyOf(shadow.side, shadow.ticks))?.delete(shadow)
  }

  private restart(): void {
    this.epoch = this.tracker!.bookEpoch
    this.shadows.clear()
    this.levels.clear()
    this.arrivals.clear()
  }
}

const keyOf = (side: 1 | -1, ticks: Ticks): number => ticks * 2 + (side === 1 ? 0 : 1)
