import type { Random } from '@rxlob/core'
import type { FaultKind } from './fault-kinds.js'

const structural = '{}[]":,'
const encoder = new TextEncoder()

/** A message made wrong in the way of the fault; undefined where the fault is not about a message's content. */
export function mutate(kind: FaultKind, text: string, random: Random): string | Uint8Array | undefined {
  switch (kind) {
    case 'bit-flip':
      return flipped(text, random)
    case 'truncate':
      return text.slice(0, Math.floor(text.length * (0.1 + 0.8 * random())))
    case 'invalid-utf8':
      return withBadBytes(text, random)
    case 'missing-field':
      return text.replace(/"(u|t|a|product_id|trade_id)":("[^"]*"|\d+),?/, '')
    case 'wrong-type':
      return text.replace(/"(b|a|bids|asks|changes|updates|trades)":\[.*\]/s, '"$1":17')
    case 'number-as-text':
      return text.replace(/"(u|E|t|sequence|sequence_num)":(\d+)/, '"$1":"$2"')
    case 'huge-number':
      return text.replace(/"(u|U|t|sequence|sequence_num|trade_id)":\d+/, '"$1":1e300')
    case 'proto-key':
      return text.replace('{', '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},')
    case 'deep-nesting':
      return text.replace('{', `{"x":${'['.repeat(2000)}${']'.repeat(2000)},`)
    default:
      return undefined
  }
}

/** Flips the lowest bit of a character that holds the JSON together. In a digit it could not be told from data; TLS tells it. */
function flipped(text: string, random: Random): Uint8Array {
  const bytes = encoder.encode(text)
  const start = Math.floor(random() * bytes.length)
  for (let step = 0; step < bytes.length; step++) {
    const at = (start + step) % bytes.length
    if (!structural.includes(String.fromCharCode(bytes[at]!))) continue
    bytes[at] = bytes[at]! ^ 0x40
    return bytes
  }
  return bytes
}

function withBadBytes(text: string, random: Random): Uint8Array {
  const bytes = encoder.encode(text)
  bytes[1 + Math.floor(random() * (bytes.length - 2))] = 0xff
  return bytes
}
