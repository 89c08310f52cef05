import { BookTracker, LobError, Op, statusNames, type EventBatch } from '@rxlob/core'
import { bookShowsRow } from './book-shows-row.js'
import { csvRows } from './csv-rows.js'
import type { LobsterFileRead, LobsterOptions } from './lobster-options.js'
import { openFile } from './open-file.js'
import { planOf, type Plan } from './plan.js'
import { stepCheck } from './step-check.js'
import { toBatches } from './to-batches.js'

/** What a replay of LOBSTER files has been held against, and found. */
export interface LobsterAudit {
  /** Messages, and rows of the order-book file. */
  readonly rows: number
  /** Rows where the published book is not the row of the file. */
  readonly mismatches: number
  /** Rows that are not the row before changed by their message, at some rank but the deepest. */
  readonly messageMismatches: number
  /** Gaps that the source announced: as `messageMismatches`, with the deepest rank wherever the message tells it. */
  readonly gaps: number
  /** Messages of types 2, 3 and 4 whose order id no message of the day added. */
  readonly unseenOrderIds: number
  /** Levels that came into view at the far end. */
  readonly scrolledIn: number
  /** Orders whose level went out of view. */
  readonly forgottenOrders: number
  /** Rows whose best bid is at or above their best ask. */
  readonly crossed: number
  readonly files: readonly LobsterFileRead[]
}

/**
 * Replays LOBSTER files through a book and compares it, after every message, with every number of the order-book file, which is
 * read a second time by plain means. Cost: about 10 us a row of ten levels.
 *
 * @throws {LobError} As `lobster` and its `batches`; LOB_BAD_OPTION where there is no order-book file to compare with.
 */
export async function auditLobster(options: LobsterOptions): Promise<LobsterAudit> {
  const files: LobsterFileRead[] = []
  const plan: Plan = {
    ...planOf(options),
    onFileRead: (file) => {
      files.push(file)
      options.onFileRead?.(file)
    },
  }
  const tracker = new BookTracker(plan.instrument, plan.levels)
  const steps = stepCheck(plan.levels)
  const rows = rowsOf(plan)
  const found = { rows: 0, mismatches: 0, gaps: 0 }
  /** A message is applied and not yet compared: a gap and a snapshot may follow it. */
  let pending = false

  async function compare(): Promise<void> {
    if (!pending) return
    pending = false
    const { value } = await rows.next()
    found.rows++
    if (value === undefined) {
      found.mismatches++
      return
    }
    if (value.first) steps.restart()
    steps.step(value.message, value.row)
    if (!bookShowsRow(tracker.book, value.row, plan)) found.mismatches++
  }

  try {
    for await (const batch of toBatches(plan, {}, openFile)) {
      for (let row = 0; row < batch.length; ) {
        const part = partOf(batch, row)
        if (part !== 'book') await compare()
        if (part === 'book' && batch.op[row] === Op.status) found.gaps++
        row = tracker.applyRows(batch, row)
        if (part === 'message') pending = true
      }
    }
    await compare()
    if (!(await rows.next()).done) found.mismatches++
  } finally {
    await rows.return()
  }
  return {
    rows: found.rows,
    mismatches: found.mismatches,
    messageMismatches: steps.mismatches,
    gaps: found.gaps,
    unseenOrderIds: steps.unseenOrderIds,
    scrolledIn: tracker.counts.scrolledIn,
    forgottenOrders: tracker.counts.forgottenOrders,
    crossed: steps.crossed,
    files,
  }
}

interface RowPair {
  readonly message: readonly number[]
  readonly row: readonly number[]
  readonly first: boolean
}

async function* rowsOf({ days }: Plan): AsyncGenerator<RowPair, void, void> {
  for (const { messages, orderbook } of days) {
    if (orderbook === undefined) throw new LobError('LOB_BAD_OPTION', `Option orderbook: expected it for the audit of ${messages}: there is nothing to compare the book with.`)
    const books = csvRows(openFile(orderbook, 'orderbook', 0))
    let first = true
    try {
      for await (const message of csvRows(openFile(messages, 'message', 0))) {
        const { value: row } = await books.next()
        if (row === undefined) return
        yield { message, row, first }
        first = false
      }
    } finally {
      // Its end was never asked for: without this the file stays open.
      await books.return()
    }
  }
}

/** A message of the file; the start of a day; or what the source says about the book besides. */
function partOf(batch: EventBatch, row: number): 'message' | 'session' | 'book' {
  const op = batch.op[row]!
  if (op !== Op.status) return op <= Op.setAsk ? 'book' : 'message'
  const status = statusNames[batch.lots[row]!]
  return status === 'gap' ? 'book' : status === 'session' ? 'session' : 'message'
}
