import { batchesOf, type Micros, type Source } from '@rxlob/core'

/**
 * How far the recorder's clock must be set forward so that nothing arrives before it happened.
 *
 *   offset = max(0, -min(tsLocal - tsExchange))
 *
 * The fastest message then takes no time at all: the delays that remain are what each message took more than the fastest one.
 * Reads the whole source once.
 */
export async function estimateClockOffset(source: Source): Promise<Micros> {
  let least = Infinity
  for await (const { length, tsLocal, tsExchange } of batchesOf(source)) {
    for (let row = 0; row < length; row++) {
      const delay = tsLocal[row]! - tsExchange[row]!
      if (delay < least) least = delay
    }
  }
  return least < 0 ? -least : 0
}
