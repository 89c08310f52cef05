import { Op, RowFlag } from '../batch/event-batch.js'
import type { EventKind, OrderEvent, Trade } from '../events.js'
import { Cause, type CauseCode } from './change-log.js'

/** Why a level of a row changed. */
export const causeOf = (flag: number): CauseCode => (flag & RowFlag.scroll ? Cause.scroll : flag & RowFlag.snapshot ? Cause.snapshot : Cause.set)

/** How the trade of a row was printed. */
export const printOf = (flag: number): Trade['print'] =>
  flag & RowFlag.hidden ? 'hidden' : flag & RowFlag.cross ? 'cross' : flag & RowFlag.offBook ? 'off-book' : 'regular'

/** The kind of the event that begins with a row. */
export function kindOfOp(op: number, flag: number): EventKind {
  if (op === Op.clear || flag & RowFlag.snapshot) return 'snapshot'
  if (op === Op.trade) return 'trade'
  if (op === Op.status) return 'status'
  return op === Op.setBid || op === Op.setAsk || op === Op.none ? 'delta' : 'order'
}

/** Compared one by one, the most frequent first: to look five names up in one object takes a third as long as a level does. */
export const opOfAction = (action: OrderEvent['action']): number =>
  action === 'add' ? Op.add : action === 'remove' ? Op.remove : action === 'fill' ? Op.fill : action === 'reduce' ? Op.reduce : Op.replace
