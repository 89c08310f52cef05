import type { Stream } from './live-source-spec.js'

/**
 * Streams on as few connections as they fit on. Routes are kept apart; the streams of one symbol stay together,
 * so that a symbol has one connection a route to depend on.
 */
export function shards(streams: readonly Stream[], perConnection: number): readonly (readonly Stream[])[] {
  const routes = new Map<string, Map<string, Stream[]>>()
  for (const stream of streams) {
    const symbols = routes.get(stream.route ?? '') ?? new Map<string, Stream[]>()
    routes.set(stream.route ?? '', symbols)
    symbols.set(stream.symbol, [...(symbols.get(stream.symbol) ?? []), stream])
  }
  const found: Stream[][] = []
  for (const symbols of routes.values()) {
    let current: Stream[] = []
    for (const ofSymbol of symbols.values()) {
      if (current.length > 0 && current.length + ofSymbol.length > perConnection) {
        found.push(current)
        current = []
      }
      current.push(...ofSymbol)
    }
    if (current.length > 0) found.push(current)
  }
  return found
}
