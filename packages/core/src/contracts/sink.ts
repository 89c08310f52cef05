/** Where rows go: Kafka, TimescaleDB, InfluxDB, Parquet, a socket. */
export interface Sink<Row> {
  readonly contract: 1
  readonly name: string
  /** Resolves when the rows, and the source position they came from, are durable together. Called again only after it settles. */
  write(rows: readonly Row[], position?: string): Promise<void>
  /** Where to resume, where the sink keeps it. */
  lastPosition?(): Promise<string | undefined>
  /** Flushes, then releases. Safe to call twice. */
  close(): Promise<void>
}
