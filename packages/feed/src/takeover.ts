import type { Sequencer } from './sequencer.js'
import type { Pending } from './snapshot-sync.js'

/** Messages of a second connection kept until they join the first: more than two connections ever differ by. */
const maxHeld = 2000

/** Which of two connections to the same stream is heard, and when the younger may take over without a hole. */
export interface Takeover<Raw> {
  readonly primary: number | undefined
  readonly standby: number | undefined
  /** Whether messages of the connection are to be applied now; those of a standby are kept. */
  hears(connection: number, pending: Pending<Raw>): boolean
  /** A connection to the stream is open. True where it is the one to hear. */
  open(connection: number): boolean
  /** The venue will not carry the stream on a connection: it never takes over. True where it is the one that is heard. */
  refuse(connection: number): boolean
  /** The standby was refused the stream. */
  readonly refused: boolean
  /** A connection is gone: what is left of the stream, if anything. */
  close(connection: number): 'unaffected' | 'promoted' | 'lost'
  /** The kept messages that may follow now, oldest first, the standby having become the primary; undefined while they do not join. */
  join(sequencer: Sequencer<Raw> | undefined): readonly Pending<Raw>[] | undefined
  /** The standby becomes the primary, proof or not; its kept messages are to be checked as any others. */
  promote(): readonly Pending<Raw>[]
}

/** Keeps the two connections of one stream apart. Pure. */
export function takeover<Raw>(): Takeover<Raw> {
  let primary: number | undefined
  let standby: number | undefined
  let refused = false
  let held: Pending<Raw>[] = []

  function promote(): Pending<Raw>[] {
    primary = standby
    standby = undefined
    const rest = held
    held = []
    return rest
  }

  return {
    get primary() {
      return primary
    },
    get standby() {
      return standby
    },
    get refused() {
      return refused
    },
    hears(connection, pending) {
      if (connection === primary) return true
      if (connection === standby) {
        held.push(pending)
        if (held.length > maxHeld) held.shift()
      }
      return false
    },
    open(connection) {
      if (primary === undefined) {
        primary = connection
        return true
      }
      standby = connection
      refused = false
      held = []
      return false
    },
    refuse(connection) {
      if (connection === standby) {
        refused = true
        held = []
      }
      return connection === primary
    },
    close(connection) {
      if (connection === standby) {
        standby = undefined
        held = []
      }
      if (connection !== primary) return 'unaffected'
      if (standby !== undefined && !refused) return 'promoted'
      primary = standby = undefined
      return 'lost'
    },
    join(sequencer) {
      // What came before a snapshot does not matter any more.
      const newest = held.at(-1)
      if (newest !== undefined && showsAll(newest)) held = [newest]
      while (held.length > 0) {
        const first = held[0]!
        const { raw } = first
        if (showsAll(first)) return promote()
        if (raw === undefined || sequencer?.continues === undefined) return undefined
        if (sequencer.continues(raw)) return promote()
        // Ahead of what was applied: the primary must catch up first.
        if (sequencer.check(raw) !== 'drop') return undefined
        held.shift()
      }
      return undefined
    },
    promote,
  }
}

/** Never reads the events of a deferred message: it has no snapshot. */
const showsAll = <Raw>(pending: Pending<Raw>): boolean => !pending.deferred && pending.events.some(({ kind }) => kind === 'snapshot')
