/** Integer microseconds since the Unix epoch, UTC. Exact in a double until the year 2255. */
export type Micros = number

/** Integer count of `instrument.tickSize`. */
export type Ticks = number

/** Integer count of `instrument.lotSize`. */
export type Lots = number

export type Unit = 'price' | 'ticks' | 'lots' | 'ratio' | 'micros' | 'per-second' | 'log-return' | 'count'
