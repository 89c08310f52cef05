export * from './audit-lobster.js'
export * from './lobster.js'
export type * from './lobster-options.js'
