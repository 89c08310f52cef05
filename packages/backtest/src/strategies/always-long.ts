import { integerOption, type Lots, type Strategy } from '@rxlob/core'

/**
 * Buys once at the first book of each instrument and holds: what the market gave to anyone.
 *
 * @param options.lots 1 or more.
 * @throws {LobError} LOB_BAD_OPTION where the size is out of range.
 */
export function alwaysLong(options: { readonly lots: Lots }): Strategy<Set<string>> {
  const lots = integerOption('lots', options.lots, 1)
  return {
    name: 'always_long',
    init: () => new Set(),
    onTick: (bought, { book, instrument: { id } }, orders) => {
      if (bought.has(id) || !book.synced || book.crossed) return
      bought.add(id)
      orders.target(id, lots)
    },
  }
}
