import type { Random } from '@rxlob/core'

/**
 * A copy of a message with one to four wounds: a byte changed, up to 20 bytes cut out or doubled, the end cut off. For fuzzing what reads it.
 * Cost: O(bytes).
 *
 * @example
 * for (let i = 0; i < 10_000; i++) adapter.accept(damagedBytes(frame, random)) // nothing is thrown
 */
export function damagedBytes(message: Uint8Array, random: Random): Uint8Array {
  let bytes = Array.from(message)
  for (let wounds = Math.floor(random() * 4); wounds >= 0; wounds--) {
    const at = Math.floor(random() * bytes.length)
    const kind = random()
    if (kind < 0.4) bytes[at] = Math.floor(random() * 256)
    else if (kind < 0.6) bytes.splice(at, 1 + Math.floor(random() * 20))
    else if (kind < 0.8) bytes.splice(at, 0, ...bytes.slice(at, at + Math.floor(random() * 20)))
    else bytes = bytes.slice(0, at)
  }
  return Uint8Array.from(bytes)
}
