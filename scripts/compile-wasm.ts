// Compiles packages/*/wasm/*.ts (AssemblyScript) and writes each as base64 into src/<name>-wasm.ts, where the package takes it from without reading a file.
// usage: node scripts/compile-wasm.ts [--check]     --check fails where a committed file is not what the compiler gives
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { main } from 'assemblyscript/asc'
import { root } from './pack-packages.ts'

const check = process.argv.includes('--check')
// No garbage collector, no assertions and nothing imported: a module of its functions and one memory. As fast as the compiler can.
const options = ['-O3', '--runtime', 'stub', '--noAssert', '--use', 'abort=', '--initialMemory', '1']

for (const source of globSync('packages/*/wasm/*.ts', { cwd: root }).sort()) {
  const name = basename(source, '.ts')
  const target = join(dirname(dirname(source)), 'src', `${name}-wasm.ts`)
  const constant = `${name}-wasm`.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  const binary = await compile(source)
  const text = [
    `// Made by \`npm run wasm\` from wasm/${name}.ts: change that.`,
    `/** WebAssembly, ${binary.length} bytes as base64. */`,
    `export const ${constant}: string =`,
    (Buffer.from(binary).toString('base64').match(/.{1,160}/g) ?? []).map((line) => `  '${line}'`).join(' +\n'),
    '',
  ].join('\n')
  const path = join(root, target)
  const same = existsSync(path) && readFileSync(path, 'utf8') === text
  if (!check && !same) writeFileSync(path, text)
  process.stdout.write(`${same ? 'same   ' : check ? 'STALE  ' : 'written'} ${target}, ${binary.length} bytes\n`)
  if (check && !same) process.exitCode = 1
}
if (process.exitCode === 1) process.stdout.write('Run `npm run wasm` and commit what it writes.\n')

async function compile(source: string): Promise<Uint8Array> {
  let binary: Uint8Array | undefined
  const { error, stderr } = await main([source, ...options, '--baseDir', root, '--outFile', 'module.wasm'], {
    writeFile: (_name, contents) => {
      binary = contents as Uint8Array
    },
  })
  if (error !== null || binary === undefined) throw new Error(`${source} was not compiled.\n${stderr.toString()}`)
  return binary
}
