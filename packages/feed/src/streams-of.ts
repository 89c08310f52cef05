import type { LiveSourceSpec, Stream } from './live-source-spec.js'

/** The streams of a source: its own, or one a symbol. */
export function streamsOf<Raw>(spec: LiveSourceSpec<Raw>): readonly Stream[] {
  return spec.streams ?? spec.symbols.map((symbol) => ({ name: symbol, symbol, channel: spec.supports.trades ? 'all' : 'book' }))
}
