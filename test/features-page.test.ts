import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { featureCases } from '../packages/core/test/feature-cases.js'
import { featureSources } from '../scripts/features-page/feature-sources.ts'
import { featuresPage } from '../scripts/features-page/features-page.ts'
import { instances } from '../scripts/features-page/instances.ts'
import { measured } from '../scripts/features-page/measured.ts'

describe('docs/features.md', () => {
  const page = readFileSync(new URL('../docs/features.md', import.meta.url), 'utf8')

  it('is what the docblocks say: npm run docs:features makes it again', () => {
    expect(page === featuresPage(featureSources(), measured())).toBe(true)
  })

  it('has every feature, each with a formula, a unit and a cost', () => {
    // Headings of features are their names; tables of several features come after them.
    const sections = page.split('\n## ').filter((section) => /^[a-z]\w+\n/.test(section))
    expect(sections.map((section) => section.split('\n')[0]).sort()).toEqual(Object.keys(featureCases).sort())
    for (const section of sections) {
      expect(section).toMatch(/```\n.+\n/)
      expect(section).toMatch(/\| unit and columns \| .+\|\n/)
      expect(section).toMatch(/\| cost \| O\(|\| cost \| as /)
    }
  })

  it('times and draws every feature that it lists', () => {
    const listed = [...page.matchAll(/^## ([a-z]\w+)$/gm)].map((match) => match[1]!).sort()
    expect(Object.keys(instances).sort()).toEqual(listed)
    expect(Object.keys(measured().costs).sort()).toEqual(listed)
    for (const name of listed) expect(existsSync(new URL(`../docs/features/${name}.svg`, import.meta.url)), name).toBe(true)
  })
})
