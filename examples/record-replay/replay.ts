// Replays recordings: the same events as when they were recorded.
import { parseArgs } from 'node:util'
import { replay } from '@rxlob/feed'
import { eventDigest } from './event-digest.ts'
import { liveSource, sourceHelp, sourceOptions } from './live-source.ts'

const help = `Usage: node replay.ts FILE... [options]

${sourceHelp}
  --pace P         fast (default), recorded, or N for N times as fast.
  --help           This text.
`

const { values, positionals } = parseArgs({ allowPositionals: true, options: { ...sourceOptions, pace: { type: 'string', default: 'fast' }, help: { type: 'boolean', short: 'h', default: false } } })
if (values.help) process.stdout.write(help)
else {
  try {
    const pace = values.pace === 'fast' || values.pace === 'recorded' ? values.pace : Number(values.pace)
    const digest = eventDigest()
    replay(liveSource(values), positionals, { pace }).events().subscribe({
      next: digest.add,
      error: fail,
      complete: () => console.log(`${positionals.join(', ')}: ${digest.text()}, hash ${digest.hash()}`),
    })
  } catch (error) {
    fail(error)
  }
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
