import type { Instrument } from '@rxlob/core'
import { capturesApart } from '../data/captures-apart.ts'
import { depthMarkets, type DepthMarket } from '../data/depth-captures.ts'
import type { Contestant } from '../runner/contest.ts'
import { hashEvery, topHash, topLevels } from './top-hash.ts'

/** A book under test that is fed what the venue sends. */
export interface DepthBook {
  /** Opens the book on the body of a REST snapshot, again and again: what it held is forgotten. */
  open(snapshot: Buffer): void
  /** One message of the depth stream, as bytes. */
  message(frame: Buffer): void
  /** All forty numbers of the top ten, in this book's own units. */
  copy(top: Float64Array): void
}

export interface DepthBookMaker {
  (instrument: Instrument, market: DepthMarket): DepthBook
  /** Prices and sizes are counted in ticks and lots; else they are decimals. */
  readonly counts: boolean
}

/** Of each book in a pass that does nothing else. */
const openings = 50

/**
 * Modes are markets, or '' for all: every depth message of its captures goes into the book, and the top ten are copied out after each; or `open`: books of
 * all captures are opened on their snapshots, again and again, and nothing else. Books are made once, as in a
 * process that runs for weeks: V8 compiles code for the objects that it saw, and throws it away when they are collected, so a pass over new books
 * after a collection of garbage is mostly a pass of the interpreter.
 */
export function depthContest(makeBook: DepthBookMaker, mode: string): Contestant {
  const opensOnly = mode === 'open'
  const captures = depthMarkets.filter((market) => mode === '' || opensOnly || market === mode).flatMap(capturesApart)
  const units = captures.reduce((sum, { frames }) => sum + (opensOnly ? openings : frames.length), 0)
  const top = new Float64Array(4 * topLevels)
  const books = captures.map(({ instrument, market }) => makeBook(instrument, market))
  let kept = 0

  function run(look?: (row: number, instrument: Instrument) => void): number {
    let row = 0
    for (const [index, { instrument, snapshot, frames }] of captures.entries()) {
      const book = books[index]!
      const take = (): void => {
        book.copy(top)
        kept += top[0]! + top[39]!
        look?.(row++, instrument)
      }
      for (let opening = 0; opening < (opensOnly ? openings : 1); opening++) {
        book.open(snapshot)
        if (opensOnly) take()
      }
      if (opensOnly) continue
      // A call a message, as from a socket: V8 compiles a long loop anew in every pass, on another thread whose time counts too.
      frames.forEach((frame) => {
        book.message(frame)
        take()
      })
    }
    return kept
  }

  return {
    units,
    hash() {
      const hash = topHash()
      const counted = new Float64Array(4 * topLevels)
      run((row, { tickSize, lotSize }) => {
        if (row % hashEvery !== 0 && row !== units - 1) return
        for (let at = 0; at < counted.length; at++) counted[at] = makeBook.counts ? top[at]! : Math.round(top[at]! / (at % 2 === 0 ? tickSize : lotSize))
        hash.add(counted)
      })
      return hash.text()
    },
    run: () => run(),
  }
}
