// Records a venue server on this machine for some seconds, replays the file and compares. For real venues: record.ts and replay.ts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { record, replay } from '@rxlob/feed'
import { lastValueFrom, tap } from 'rxjs'
import { eventDigest } from './event-digest.ts'
import { liveSource } from './live-source.ts'
import { startVenue } from './start-venue.ts'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '5' }, help: { type: 'boolean', short: 'h', default: false } } })
if (values.help) console.log('Usage: node index.ts [--seconds N]\n\nRecords a venue server on this machine (default 5 s), with a lost message in the middle, replays the file and compares.\nFor real venues: node record.ts --help, node replay.ts --help.')
else await run(Number(values.seconds))

async function run(seconds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rxlob-record-'))
  const faults = join(folder, 'faults.json')
  writeFileSync(faults, JSON.stringify({ faults: [{ at: seconds / 2, kind: 'drop' }] }))
  const server = await startVenue('binance', '--symbols', 'BTCUSDT', '--faults', faults)
  try {
    const source = liveSource({ venue: 'binance', symbols: 'BTCUSDT', url: `http://${server.address}` })
    const recorded = eventDigest()
    const recording = record(source, join(folder, 'day.zst'), { onEvent: recorded.add })
    await setTimeout(seconds * 1000)
    await recording.stop()
    console.log(`recorded ${recorded.text()}`)

    const replayed = eventDigest()
    await lastValueFrom(replay(source, recording.files).events().pipe(tap(replayed.add)))
    console.log(`replayed ${replayed.text()}`)
    console.log(`hashes ${recorded.hash()} and ${replayed.hash()}: ${recorded.hash() === replayed.hash() ? 'the same events, bit for bit' : 'NOT the same'}`)
    if (recorded.hash() !== replayed.hash()) process.exitCode = 1
  } finally {
    server.stop()
    rmSync(folder, { recursive: true })
  }
}
