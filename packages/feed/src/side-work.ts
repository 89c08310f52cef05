import type { Clock, Micros } from '@rxlob/core'
import type { InParts } from './in-parts.js'

/** Work beside the event loop's: one piece at a time, with a rest for everything else after each slice. */
export interface SideWork {
  /** Settles as the work does; with nothing once it is not wanted any more. The first slice begins at once where nothing else is under way. */
  run<Result>(work: InParts<Result>, wanted: () => boolean): Promise<Result | undefined>
}

/** How long the loop is held: a part that was begun is finished. */
const sliceMicros: Micros = 4000

const ofClock = new WeakMap<Clock, SideWork>()

/**
 * The side work of a clock. All sources of a process share one, since they share its event loop: large snapshots of many symbols
 * are read one after the other and never several in the same turn. A slice is measured and a rest taken by the clock, so on one that stands
 * still while code runs (a virtual clock) the work is done in one go.
 */
export function sideWork(clock: Clock): SideWork {
  const known = ofClock.get(clock) ?? makeSideWork(clock)
  ofClock.set(clock, known)
  return known
}

function makeSideWork(clock: Clock): SideWork {
  const waiting: (() => boolean)[] = []
  let busy = false

  /** A slice of the first piece, and a rest. */
  function slice(): void {
    busy = true
    const until = clock.now() + sliceMicros
    while (waiting.length > 0 && clock.now() < until) if (waiting[0]!()) waiting.shift()
    busy = waiting.length > 0
    if (busy) clock.after(0, slice)
  }

  return {
    run: (work, wanted) =>
      new Promise((resolve, reject) => {
        waiting.push(() => {
          try {
            const step = wanted() ? work.next() : { done: true, value: undefined }
            if (step.done === true) resolve(step.value)
            return step.done === true
          } catch (error) {
            reject(error)
            return true
          }
        })
        if (!busy) slice()
      }),
  }
}
