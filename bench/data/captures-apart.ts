import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { deserialize } from 'node:v8'
import type { DepthCapture, DepthMarket } from './depth-captures.ts'

/**
 * The captures of a market, read in a process of its own: what reads them is rxlob, whose code shall be compiled here for the contest alone, as that of
 * its peers is.
 */
export function capturesApart(market: DepthMarket): readonly DepthCapture[] {
  const bytes = execFileSync(process.execPath, [join(import.meta.dirname, 'captures-child.ts'), market], { maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'inherit'] })
  // A buffer a message, as from a socket.
  return (deserialize(bytes) as DepthCapture[]).map((capture) => ({ ...capture, snapshot: Buffer.from(capture.snapshot), frames: capture.frames.map((frame) => Buffer.from(frame)) }))
}
