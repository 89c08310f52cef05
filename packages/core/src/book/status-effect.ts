import type { StatusName } from '../events.js'

const restarting: ReadonlySet<StatusName> = new Set<StatusName>(['disconnected', 'gap', 'stale', 'dropped', 'session'])
const pausing: ReadonlySet<StatusName> = new Set<StatusName>(['halted', 'resumed', 'ended'])

/** How a status acts: `restart` starts states again, `pause` only voids labels and windows. */
export const statusEffect = (status: StatusName): 'restart' | 'pause' | 'none' => (restarting.has(status) ? 'restart' : pausing.has(status) ? 'pause' : 'none')
