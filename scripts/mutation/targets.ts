/** Folders whose mutants must die, and the tests that are to kill them. */
export interface MutationTarget {
  readonly sources: readonly string[]
  /** Quick ones first: a mutant that is dead costs nothing more. */
  readonly tests: readonly string[]
}

const core = (folder: string, more: readonly string[] = []): MutationTarget => ({
  sources: [`packages/core/src/${folder}/*.ts`],
  tests: [`packages/core/test/${folder}/*.test.ts`, ...more],
})

export const targets: Readonly<Record<string, MutationTarget>> = {
  numeric: core('numeric'),
  book: core('book'),
  parser: {
    sources: ['line-reader', 'message-file', 'message-line-error', 'orderbook-file', 'orderbook-line-error', 'orderbook-row-error', 'session-time', 'csv-rows', 'file-name'].map((name) => `packages/adapters-lobster/src/${name}.ts`),
    tests: ['message-line-error', 'orderbook-line-error', 'orderbook-row-error', 'csv-rows', 'line-reader', 'message-file', 'orderbook-file', 'session-time', 'file-name', 'fuzz', 'to-batches', 'lobster'].map((name) => `packages/adapters-lobster/test/${name}.test.ts`),
  },
  features: core('features'),
}
