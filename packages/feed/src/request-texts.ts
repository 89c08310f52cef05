import type { LiveSourceSpec, Stream } from './live-source-spec.js'
import type { Outside } from './outside.js'

/** What a connection says first, as text. */
export function requestsOf<Raw>(spec: LiveSourceSpec<Raw>, streams: readonly Stream[], outside: Required<Outside>): readonly string[] {
  const symbols = [...new Set(streams.map(({ symbol }) => symbol))]
  return textsOf(spec.subscribe?.(symbols, streams, outside) ?? [])
}

/** Strings go as they are, the rest as JSON. */
export const textsOf = (messages: readonly unknown[]): readonly string[] => messages.map((message) => (typeof message === 'string' ? message : JSON.stringify(message)))
