import { numberOption, type LatencyModel, type Micros } from '@rxlob/core'

export interface ConstantLatencyOptions {
  /** From a decision to the venue, and from the venue to us, 0 to 1e9. */
  readonly micros: Micros
  /** Of order messages, where it differs. Default `micros`. */
  readonly entryMicros?: Micros
  /** Of order reports, where it differs. Default `micros`. */
  readonly feedbackMicros?: Micros
  /** Of market data, counted from `tsExchange`. Default: the receive times of the data. */
  readonly feedMicros?: Micros
}

/**
 * The same delays all day.
 *
 * @throws {LobError} LOB_BAD_OPTION where a delay is out of range.
 * @example
 * constantLatency({ micros: 500 })
 */
export function constantLatency(options: ConstantLatencyOptions): LatencyModel {
  const delay = (name: string, micros: Micros): Micros => numberOption(name, micros, 0, 1e9)
  const both = delay('micros', options.micros)
  const entry = delay('entryMicros', options.entryMicros ?? both)
  const feedback = delay('feedbackMicros', options.feedbackMicros ?? both)
  const feed = options.feedMicros === undefined ? undefined : delay('feedMicros', options.feedMicros)
  return {
    name: `constant_${both}us`,
    entry: () => entry,
    feedback: () => feedback,
    ...(feed !== undefined && { feed: () => feed }),
  }
}
