import type { Instrument } from '@rxlob/core'

/** Prices and sizes of the streams are whole numbers already: every contestant gets the same ones. */
export const instrument: Instrument = {
  id: 'bench:DATA', venue: 'bench', symbol: 'DATA', kind: 'spot', base: 'DATA', quote: 'USD', settle: 'USD', contract: 'linear', tickSize: 1, lotSize: 1, multiplier: 1,
}
