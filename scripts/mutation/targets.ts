/** Folders whose mutants must die, and the tests that are to kill them. */
export interface MutationTarget {
  readonly sources: readonly string[]
  /** Quick ones first: a mutant that is dead costs nothing more. */
  readonly tests: readonly string[]
  /** What makes the tests short enough to be run for every mutant. */
  readonly env?: Readonly<Record<string, string>>
}

const core = (folder: string, more: readonly string[] = []): MutationTarget => ({
  sources: [`packages/core/src/${folder}/*.ts`],
  tests: [`packages/core/test/${folder}/*.test.ts`, ...more],
})

export const targets: Readonly<Record<string, MutationTarget>> = {
  numeric: core('numeric'),
  // A million events are too many for every mutant: those of the first seed's first rows say most.
  book: { sources: ['packages/core/src/book/*.ts'], tests: ['!(naive-book)', 'naive-book'].map((name) => `packages/core/test/book/${name}.test.ts`), env: { RXLOB_BOOK_EVENTS: '6000' } },
  parser: {
    sources: ['line-reader', 'message-file', 'message-line-error', 'orderbook-file', 'orderbook-line-error', 'orderbook-row-error', 'session-time', 'csv-rows', 'file-name'].map((name) => `packages/adapters-lobster/src/${name}.ts`),
    tests: ['message-line-error', 'orderbook-line-error', 'orderbook-row-error', 'csv-rows', 'line-reader', 'message-file', 'orderbook-file', 'session-time', 'file-name', 'fuzz', 'to-batches', 'lobster'].map((name) => `packages/adapters-lobster/test/${name}.test.ts`),
  },
  features: {
    sources: ['packages/core/src/features/*.ts'],
    // Those three run all features over long streams: too slow to be run for every mutant. Without them the score can only be lower.
    tests: ['packages/core/test/features/!(bad-input|dimensions|every-feature).test.ts'],
  },
}
