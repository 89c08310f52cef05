export * from './make-events.js'
export * from './naive-book.js'
export * from './naive-ticks.js'
