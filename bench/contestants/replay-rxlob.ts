import { messageFile, orderbookFile } from '../data/lobster-files.ts'
import type { Enter } from '../runner/contest.ts'
import { library } from '../runner/library.ts'
import { columnCount, featureList } from './feature-list.ts'
import { matrixHash } from './matrix-hash.ts'

const packages = await library()
const { core, lobster } = packages

/** Both files to a level 3 book to thirty-two features to a matrix. Modes, with `/standard` for the columns of `standardFeatures()`: `batch` without RxJS, `rxjs` one event object and one row an emission, `rows` one row an emission from batches; `frames` and `half` keep no matrix and read the frames of all or half of the day. */
export const enter: Enter = async (folder, mode) => {
  const source = lobster.lobster({ messages: messageFile(folder), orderbook: orderbookFile(folder) })
  const [way = '', columns] = mode.split('/')
  const list = columns === 'standard' ? core.standardFeatures() : featureList(packages)
  let units = 0
  for await (const batch of source.batches!({})) units += core.countEvents(batch)
  const keeps = way !== 'frames' && way !== 'half'
  const matrix = new Float64Array(keeps ? (units + 16) * columnCount : 0)
  const replays: { [mode: string]: () => Promise<number> } = {
    async batch() {
      let at = 0
      for await (const { values } of core.runFeatures(source, list)) {
        matrix.set(values, at)
        at += values.length
      }
      return at
    },
    frames: () => frames(Infinity),
    half: () => frames(units / 2),
    rxjs: () => emitted(source.events()),
    async rows() {
      const { from } = await import('rxjs')
      return emitted(from(source.batches!({})) as never)
    },
  }
  async function frames(most: number): Promise<number> {
    let rows = 0
    for await (const { length } of core.runFeatures(source, list)) if ((rows += length) >= most) break
    return rows
  }
  function emitted(events: ReturnType<typeof source.events>): Promise<number> {
    return new Promise((resolve, reject) => {
      let at = 0
      events.pipe(core.features(list)).subscribe({
        next(row) {
          for (let column = 0; column < columnCount; column++) matrix[at + column] = row.at(column)
          at += columnCount
        },
        error: reject,
        complete: () => resolve(at),
      })
    })
  }
  const run = replays[way]!
  return { units: way === 'half' ? units / 2 : units, hash: async () => (keeps ? matrixHash(matrix, (await run()) / columnCount) : 'frames'), run }
}
