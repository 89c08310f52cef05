// Writes down everything that a venue sends, and what the timers found, in a file that replays bit for bit.
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { record } from '@rxlob/feed'
import { eventDigest } from './event-digest.ts'
import { liveSource, sourceHelp, sourceOptions } from './live-source.ts'

const help = `Usage: node record.ts [options]

${sourceHelp}
  --file NAME      Default day.zst; files are never overwritten.
  --seconds N      Ends after so long. Default until Ctrl-C.
  --help           This text.
`

const { values } = parseArgs({ options: { ...sourceOptions, file: { type: 'string', default: 'day.zst' }, seconds: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } } })
if (values.help) process.stdout.write(help)
else {
  try {
    const seconds = Number(values.seconds ?? 1e9)
    if (!(seconds > 0)) throw new Error(`Option --seconds: expected a number above 0, got ${values.seconds}.`)
    const digest = eventDigest()
    const recording = record(liveSource(values), values.file, { onEvent: digest.add })
    const beat = setInterval(() => console.log(digest.text()), 5000)
    await Promise.race([recording.done, once(process, 'SIGINT'), setTimeout(Math.min(seconds * 1000, 2 ** 31 - 1), undefined, { ref: false }), ...(values.seconds === undefined ? [] : [setTimeout(seconds * 1000)])])
    clearInterval(beat)
    await recording.stop()
    console.log(`${recording.files.join(', ')}: ${digest.text()}, hash ${digest.hash()}`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
