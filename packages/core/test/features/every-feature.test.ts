import { readdirSync, readFileSync } from 'node:fs'
import { testFeature } from '@rxlob/testkit'
import { describe, expect, it } from 'vitest'
import * as kernel from '../../src/kernel.js'
import { featureCases } from '../feature-cases.js'

describe('the feature contract', () => {
  it('is tested for every exported feature', () => {
    const folder = new URL('../../src/features/', import.meta.url)
    const exported = readdirSync(folder).flatMap((file) => {
      const source = readFileSync(new URL(file, folder), 'utf8')
      return [...source.matchAll(/^export function (\w+)[^{]*\([^]*?\): Feature</gm)].map((match) => match[1]!).filter((name) => name in kernel)
    })
    expect(Object.keys(featureCases).sort()).toEqual(exported.filter((name) => !name.startsWith('define')).sort())
  })

  for (const [name, list] of Object.entries(featureCases)) {
    for (const [feature, options] of list) {
      describe(`${name}: ${feature.name}`, () => {
        it.each(testFeature(feature, options))('$name', ({ run }) => run())
      })
    }
  }
})
