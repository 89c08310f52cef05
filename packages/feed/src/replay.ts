import { LobError, type Source } from '@rxlob/core'
import { fileLines } from './captures/file-lines.js'
import type { LiveSource } from './define-live-source.js'
import { replaySource, type ReplayOptions } from './replay-source.js'
import type { WireItem } from './wire-item.js'
import { readWireLine, wireHeader } from './wire-line.js'

/**
 * A recording as a source: the events that `source` gave while it was recorded, bit for bit, by the same code.
 * A recording whose writer was killed replays up to its last whole flush.
 *
 * @param source The source as it was recorded (it is not connected): `replay(binance({ symbols }), recording.files)`.
 * @param files The files of one recording, in order; recordings that follow each other join.
 * @throws {LobError} (through the stream) LOB_BAD_FILE where a file is no recording or is damaged, LOB_BAD_OPTION where it is of another source.
 */
export function replay<Raw>(source: LiveSource<Raw>, files: string | readonly string[], options: ReplayOptions = {}): Source {
  const list = typeof files === 'string' ? [files] : files
  if (list.length === 0) throw new LobError('LOB_BAD_OPTION', 'Expected at least one file to replay, got none.')
  return replaySource(source.spec, (signal) => recordedItems(list, source.name, signal), options)
}

async function* recordedItems(files: readonly string[], name: string, signal: AbortSignal): AsyncGenerator<readonly WireItem[], void, void> {
  /** Connections that the recording left open, as its end leaves them. */
  const left = new Set<number>()
  let tsLocal = -Infinity
  function* lostBefore(part: number): Generator<WireItem, void, void> {
    if (part > 0) return
    for (const connection of left) yield { kind: 'close', tsLocal, connection, reason: 'the recording ended' }
    left.clear()
  }
  for (const file of files) {
    for await (const { lines, firstLine } of fileLines(file, { signal, whole: false })) {
      const items: WireItem[] = []
      lines.forEach((line, at) => {
        if (firstLine + at === 1) {
          items.push(...lostBefore(partOf(line, name, file)))
          return
        }
        try {
          const item = readWireLine(line)
          tsLocal = item.tsLocal
          if (item.kind === 'open') left.add(item.connection)
          if (item.kind === 'close') left.delete(item.connection)
          items.push(item)
        } catch (error) {
          throw new LobError('LOB_BAD_FILE', error instanceof Error ? error.message : String(error), { file, line: firstLine + at }, { cause: error })
        }
      })
      yield items
    }
  }
}

/** Which part of its recording a file is, from its first line. */
function partOf(line: Uint8Array, name: string, file: string): number {
  const text = new TextDecoder().decode(line)
  if (!text.startsWith(`${wireHeader} {`)) throw new LobError('LOB_BAD_FILE', `Expected a recording that begins with "${wireHeader}".`, { file, line: 1 })
  const { source, part = 0 } = JSON.parse(text.slice(wireHeader.length + 1)) as { source?: string; part?: number }
  if (source !== name) throw new LobError('LOB_BAD_OPTION', `Expected a recording of ${name}, got one of ${source ?? 'nothing'}; replay it with the source it was recorded from.`, { file, line: 1 })
  return part
}
