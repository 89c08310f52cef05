import type { Sampler } from '../contracts/feature.js'

/**
 * Every tick is a row: each snapshot, delta, trade and order event, synced or not. It is the default.
 *
 * @example
 * features([ofi()], { sample: everyEvent() })
 */
export const everyEvent = (): Sampler => ({ name: 'every_event', init: () => ({}), step: () => true })
