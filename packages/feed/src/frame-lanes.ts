import type { FeedCounts } from './feed-counts.js'
import type { InParts } from './in-parts.js'
import { largeBytes } from './large-messages.js'
import type { SideWork } from './side-work.js'
import type { WireItem } from './wire-item.js'

type Frame = Extract<WireItem, { kind: 'frame' }>

export interface FrameLanesOptions {
  readonly work: SideWork
  readonly counts: FeedCounts
  prepare(item: WireItem): InParts<unknown> | undefined
  accept(item: WireItem): void
  /** More came behind a large frame than may wait. */
  overflow(connection: number): void
  /** Frames that waited when their connection was lost: what they said is not known. */
  unread(connection: number, frames: number): void
}

/** Frames in the order of their connections. A large one is read in parts; what comes behind it waits, and nothing on other connections does. */
export interface FrameLanes {
  frame(item: Frame): void
  /** A large frame of this connection is being read. */
  busy(connection: number): boolean
  /** Forgets what waits: the connection is gone, and its books begin again. */
  close(connection: number): void
  stop(): void
}

interface Lane {
  readonly waiting: Frame[]
  /** Of all that came since the large frame, it included. */
  bytes: number
}

/** What may come until all is read: as much as may wait for a snapshot, and the largest frame that there is. */
const maxFrames = 10_000
const maxBytes = 64 * 2 ** 20

export function frameLanes({ work, counts, prepare, accept, overflow, unread }: FrameLanesOptions): FrameLanes {
  const lanes = new Map<number, Lane>()

  function hold(lane: Lane, item: Frame): void {
    // The bytes are lent for the call.
    lane.waiting.push({ ...item, data: item.data.slice() })
    lane.bytes += item.data.length
    if (lane.waiting.length <= maxFrames && lane.bytes <= maxBytes) return
    counts.overflows++
    overflow(item.connection)
  }

  function* readAll(connection: number, { waiting }: Lane): InParts<void> {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      const preparing = prepare(item)
      if (preparing !== undefined) yield* preparing
      accept(item)
      yield
    }
    lanes.delete(connection)
  }

  return {
    frame(item) {
      const { connection } = item
      const lane = lanes.get(connection)
      if (lane !== undefined) hold(lane, item)
      // What cannot be read in parts need not wait for its turn either.
      else if (item.data.length < largeBytes || prepare(item) === undefined) accept(item)
      else {
        const opened: Lane = { waiting: [], bytes: 0 }
        lanes.set(connection, opened)
        hold(opened, item)
        void work.run(readAll(connection, opened), () => lanes.get(connection) === opened)
      }
    },
    busy: (connection) => lanes.has(connection),
    close(connection) {
      const frames = lanes.get(connection)?.waiting.length ?? 0
      lanes.delete(connection)
      if (frames > 0) unread(connection, frames)
    },
    stop: () => lanes.clear(),
  }
}
