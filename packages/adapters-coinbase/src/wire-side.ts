import { LobError, type Side } from '@rxlob/core'

const sides: ReadonlyMap<string, Side> = new Map([['buy', 'bid'], ['bid', 'bid'], ['sell', 'ask'], ['offer', 'ask']])

/**
 * Side of the book: `buy` and `sell` on the Exchange feed, `bid` and `offer` (never "ask") on Advanced Trade.
 *
 * @throws {LobError} LOB_BAD_MESSAGE for any other word: passed over, it would leave a side empty in silence.
 */
export function wireSide(word: string): Side {
  const side = sides.get(word.toLowerCase())
  if (side === undefined) throw new LobError('LOB_BAD_MESSAGE', `Expected a side of buy, sell, bid or offer, got ${JSON.stringify(word.slice(0, 40))}.`)
  return side
}

/** The taker's side of a trade: both feeds tell the maker's. */
export const takerSide = (makerSide: string): 'buy' | 'sell' => (wireSide(makerSide) === 'ask' ? 'buy' : 'sell')
