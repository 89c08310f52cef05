import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface StartedVenue {
  /** Host and port. */
  readonly address: string
  stop(): void
}

/** Starts `rxlob-venue` with these arguments on a free port, as a program of its own, and waits until it says where it listens. */
export async function startVenue(...args: readonly string[]): Promise<StartedVenue> {
  const program = fileURLToPath(new URL('../bin/rxlob-venue.js', import.meta.resolve('@rxlob/testkit')))
  const child = spawn(process.execPath, [program, ...args, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const stop = (): void => void child.kill()
  process.once('exit', stop)
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/([^,\s]+)/.exec(line)?.[1]
    if (address === undefined) continue
    child.stdout.resume()
    return { address, stop }
  }
  throw new Error('The venue ended before it listened.')
}
