import { messageFile } from '../data/lobster-files.ts'
import type { Enter } from '../runner/contest.ts'
import { library } from '../runner/library.ts'
import { microsOrigin, summedMessages } from './message-hash.ts'

const { core, lobster } = await library()
const { Op } = core
const microsADay = 86_400_000_000
const newYorkOffsetMicros = 5 * 3_600_000_000
/** File prices are in 1/10,000 dollars, ticks in cents. */
const unitsATick = 100

/** The message file alone as batches of events: the public face of the parser, checks included. */
export const enter: Enter = async (folder) => {
  const read = () => lobster.lobster({ messages: messageFile(folder) }).batches!({})
  let units = 0
  for await (const batch of read()) units += batch.length
  return {
    units: units - 1,
    async hash() {
      let sum = 0
      let messages = 0
      for await (const batch of read()) {
        for (let row = 0; row < batch.length && messages < summedMessages; row++) {
          if (batch.op[row] === Op.status) continue
          messages++
          sum += ((batch.tsExchange[row]! - newYorkOffsetMicros) % microsADay) - microsOrigin + batch.nanos![row]! + batch.lots[row]! + batch.ticks[row]! * unitsATick
        }
      }
      return String(Math.round(sum))
    },
    async run() {
      let rows = 0
      for await (const batch of read()) rows += batch.length
      return rows
    },
  }
}
