import fc from 'fast-check'
import { LobError } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { checkModelHash, manifestOf, readManifest, sha256, type ModelManifest } from '../src/manifest.js'
import { goldenModel } from './onnx/golden-models.js'

const { manifest, model } = goldenModel('lstm')

/** The manifest with the part at a path replaced; undefined takes it out. */
function changed(path: string, value: unknown): unknown {
  const copy = structuredClone(manifest)
  const keys = path.split('.')
  const last = keys.pop()!
  let at = copy as unknown as Record<string, unknown>
  for (const key of keys) at = at[key] as Record<string, unknown>
  at[last] = value
  return JSON.parse(JSON.stringify(copy))
}

describe('manifest', () => {
  it('is the same after JSON', () => expect(readManifest(JSON.parse(JSON.stringify(manifest)))).toEqual(manifest))

  // The digest was made by Python's hashlib.
  it('is made from the file', () => {
    const { format, version, model: _, ...facts } = manifest
    expect(manifestOf(model, facts)).toEqual(manifest)
    expect([format, version]).toEqual(['rxlob-model', 1])
  })

  it('has the digest of FIPS 180-2, appendix B.1', () => {
    expect(sha256(Buffer.from('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  const states = manifest.graph.states!
  const wrong: [string, string, unknown, RegExp][] = [
    ['another format', 'format', 'onnx', /manifest\.format to be 'rxlob-model', got "onnx"/],
    ['a later version', 'version', 2, /manifest\.version/],
    ['no name', 'name', undefined, /manifest\.name to be a text, got undefined/],
    ['no input', 'input', undefined, /manifest\.input to be a JSON object/],
    ['columns that are no texts', 'input.columns', [1, 2], /manifest\.input\.columns to be a list of texts/],
    ['a column twice', 'input.columns', ['a', 'a'], /manifest\.input\.columns/],
    ['no columns', 'input.columns', [], /manifest\.input\.columns/],
    ['more fingerprints than columns', 'input.fingerprints', ['a', 'b', 'c', 'd', 'e'], /manifest\.input\.fingerprints/],
    ['a length of 0', 'input.length', 0, /manifest\.input\.length to be an integer of 1 or more, got 0/],
    ['a scaler of other columns', 'input.scaler', { mean: [1], scale: [1] }, /manifest\.input\.scaler/],
    ['a scale of 0', 'input.scaler', { mean: [0, 0, 0, 0], scale: [1, 1, 1, 0] }, /x3/],
    ['one class', 'output.classes', ['up'], /manifest\.output\.classes/],
    ['a horizon of neither', 'output.horizon', {}, /manifest\.output\.horizon\.micros/],
    ['values from a graph of classes', 'graph.gives', 'value', /manifest\.graph\.gives to be 'probabilities' or 'logits'/],
    ['one state twice', 'graph.states', [states[0], states[0]], /manifest\.graph\.states/],
    ['a digest in capitals', 'model.sha256', 'A'.repeat(64), /manifest\.model\.sha256/],
    ['no training data', 'training', {}, /manifest\.training\.dataHash/],
    ['metrics that are no numbers', 'metrics', { nll: 'low' }, /manifest\.metrics\.nll to be a finite number, got "low"/],
  ]
  it.each(wrong)('refuses %s', (_, path, value, message) => {
    expect(() => readManifest(changed(path, value), 'a.json')).toThrow(message)
    expect(() => readManifest(changed(path, value), 'a.json')).toThrow(expect.objectContaining({ code: 'LOB_BAD_FILE' }))
  })

  it('refuses any JSON that is none, with an error of ours', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void expect(() => readManifest(value)).toThrow(LobError)))
  })

  it('any part replaced by any JSON is read or refused with an error of ours', () => {
    const keys = ['name', 'architecture', 'input', 'output', 'graph', 'model', 'training', 'metrics'] as const
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
        let read: ModelManifest
        try {
          read = readManifest(changed(key, value))
        } catch (error) {
          expect(error).toBeInstanceOf(LobError)
          return
        }
        expect(readManifest(JSON.parse(JSON.stringify(read)))).toEqual(read)
      }),
    )
  })

  it('is not led astray by inherited names', () => {
    const copy = JSON.parse(JSON.stringify(manifest).replace('"name"', '"__proto__"')) as unknown
    expect(() => readManifest(copy)).toThrow(/manifest\.name/)
  })
})

describe('checkModelHash', () => {
  it('accepts the file it was made for', () => expect(() => checkModelHash(model, manifest)).not.toThrow())
  it('says that a file was cut off', () => expect(() => checkModelHash(model.subarray(1), manifest, 'a.onnx')).toThrow(/2582 bytes, its manifest says 2583/))
  it('says that a byte was changed', () => {
    const other = Uint8Array.from(model)
    other[100]! ^= 1
    expect(() => checkModelHash(other, manifest, 'a.onnx')).toThrow(/SHA-256/)
  })
})
