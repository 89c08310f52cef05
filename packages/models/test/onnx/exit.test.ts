import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

/** The sources as they stand, in a process of their own: `.js` names the `.ts` beside it, core is its kernel. */
const sources = `
  import { registerHooks } from 'node:module'
  registerHooks({ resolve: (specifier, context, next) =>
    next(specifier === '@rxlob/core' ? ${JSON.stringify(new URL('../../../core/src/kernel.ts', import.meta.url).href)}
      : specifier.startsWith('.') && context.parentURL?.includes('/src/') ? specifier.replace(/\\.js$/, '.ts') : specifier, context) })
  const { onnxPredictor } = await import(${JSON.stringify(new URL('../../src/onnx/index.ts', import.meta.url).href)})
  const { readFileSync } = await import('node:fs')
  const folder = new URL(${JSON.stringify(new URL('../golden/onnx/', import.meta.url).href)})
  const { manifest } = JSON.parse(readFileSync(new URL('lstm.json', folder), 'utf8'))
  const predictor = await onnxPredictor({ model: new URL('lstm.onnx', folder), manifest, batch: 65_536 })
  const many = (count) => predictor.predictMany({ data: new Float32Array(count * 32), shape: [count, 8, 4] })`

const statusOf = (program: string): unknown => {
  const { status, signal, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', sources + program], { encoding: 'utf8' })
  return status === 1 ? stderr : (status ?? signal)
}

// Without the wait about one of three such processes ended with an abort (134) inside the native runtime.
it('a process that leaves while a model runs ends as it wants to', () => {
  for (let time = 0; time < 2; time++) expect(statusOf('\nvoid many(60_000)\nsetTimeout(() => process.exit(7), 30)')).toBe(7)
}, 120_000)

it('an idle model does not keep a process alive, and one at work does', () => {
  expect(statusOf('\nprocess.exitCode = 5')).toBe(5)
  expect(statusOf('\nmany(10_000).then((answers) => (process.exitCode = answers.length === 30_000 ? 6 : 1))')).toBe(6)
}, 120_000)

it('a model that is closed at work is waited for', () => {
  expect(statusOf('\nmany(60_000).catch(() => {})\nawait new Promise((resolve) => setTimeout(resolve, 30))\nawait predictor.close()\nprocess.exitCode = 8')).toBe(8)
}, 120_000)
