// Mutated model files, each vouched for by a manifest of its own, through the whole loader and one prediction, in a child process:
// node packages/models/fuzz/onnx-loader.ts [files] [first seed]   (after `npm run build`)
// Every file must run, or be refused with a LobError. Any other error, and the death of the child, is a find.
import { LobError, seededRandom, type Random } from '@rxlob/core'
import { manifestOf, onnxPredictor, type ModelManifest } from '@rxlob/models/onnx'
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

interface Golden {
  readonly manifest: ModelManifest
  readonly model: Uint8Array
  readonly window: Float32Array
}

const folder = new URL('../test/golden/onnx/', import.meta.url)
const goldens = ['logistic', 'mean', 'lstm', 'gru-logits', 'trees'].map((name): Golden => {
  const { manifest, windows } = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as { manifest: ModelManifest; windows: number[][][] }
  return { manifest, model: readFileSync(new URL(`${name}.onnx`, folder)), window: Float32Array.from(windows[0]!.flat()) }
})

const below = (random: Random, limit: number): number => Math.floor(random() * limit)

/** Bytes changed, cut out, repeated or taken from another model; numbers set to where parsers stumble. */
function mutate(model: Uint8Array, random: Random): Uint8Array {
  let bytes = Uint8Array.from(model)
  for (let changes = below(random, 3) === 0 ? 1 + below(random, 6) : 1; changes > 0; changes--) {
    const at = below(random, bytes.length)
    const length = 1 + below(random, 16)
    // Half of the changes keep every length, so that they reach the runtime.
    switch (below(random, 9)) {
      case 0:
      case 6:
        bytes[at] = below(random, 256)
        break
      case 1:
      case 7:
      case 8:
        bytes[at]! ^= 1 << below(random, 8)
        break
      case 2:
        bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + length)])
        break
      case 3:
        bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at, at + length), ...bytes.subarray(at)])
        break
      case 4: {
        const other = goldens[below(random, goldens.length)]!.model
        bytes = Uint8Array.from([...bytes.subarray(0, at), ...other.subarray(below(random, other.length))])
        break
      }
      default:
        bytes.fill([0, 0x7f, 0x80, 0xff][below(random, 4)]!, at, at + length)
    }
    if (bytes.length === 0) bytes = Uint8Array.of(0)
  }
  return bytes
}

async function tryOne(seed: number): Promise<string> {
  const random = seededRandom(seed)
  const { manifest, model, window } = goldens[below(random, goldens.length)]!
  const bytes = mutate(model, random)
  try {
    const predictor = await onnxPredictor({ model: bytes, manifest: manifestOf(bytes, manifest), thread: 'here' })
    try {
      await predictor.predict({ instrument: 'made:X', row: 0, data: window, shape: [manifest.input.length, manifest.input.columns.length], tsLocal: 0 })
      return 'ran'
    } finally {
      await predictor.close()
    }
  } catch (error) {
    if (!(error instanceof LobError)) throw error
    return error.message.startsWith('ONNX Runtime refuses') ? 'refused by the runtime' : error.message.includes('the runtime failed') ? 'failed in the runtime' : `refused here: ${error.code}`
  }
}

const [files = '2000', first = '1', role] = process.argv.slice(2)
const last = Number(first) + Number(files) - 1

if (role === 'child') {
  for (let seed = Number(first); seed <= last; seed++) {
    process.stdout.write(`${seed} `)
    process.stdout.write(`${await tryOne(seed).catch((error: unknown) => `FOUND ${String(error)}`)}\n`)
  }
} else {
  const outcomes = new Map<string, number>()
  const finds: string[] = []
  for (let from = Number(first); from <= last; ) {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), String(last - from + 1), String(from), 'child'], { stdio: ['ignore', 'pipe', 'ignore'] })
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => child.on('close', (...end) => resolve(end)))
    const lines = text.split('\n')
    const cut = lines.pop()!
    for (const line of lines) {
      const outcome = line.slice(line.indexOf(' ') + 1)
      if (outcome.startsWith('FOUND')) finds.push(line)
      outcomes.set(outcome.slice(0, 60), (outcomes.get(outcome.slice(0, 60)) ?? 0) + 1)
    }
    if (code === 0) break
    const seed = Number(cut.trim())
    finds.push(`${seed} the process died (${signal ?? code})`)
    from = seed + 1
  }
  for (const [outcome, count] of [...outcomes].sort(([, a], [, b]) => b - a)) console.log(`${String(count).padStart(7)}  ${outcome}`)
  for (const find of finds.slice(0, 20)) console.log(`seed ${find}`)
  console.log(`${files} files from seed ${first}: ${finds.length} finds`)
  process.exitCode = finds.length > 0 ? 1 : 0
}
