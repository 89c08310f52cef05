import { fitMoveThreshold, midMove, smoothedMove, type Feature, type Labeler } from '@rxlob/core'
import { featureCases } from './feature-cases.js'

/** Every exported feature in its forms, but for those whose columns another form has too: all of them fit into one frame. */
export const catalogue: readonly Feature[] = oneOfEachColumn(Object.values(featureCases).flatMap((cases) => cases.map(([feature]) => feature)))

function oneOfEachColumn(features: readonly Feature[]): Feature[] {
  const seen = new Set<string>()
  return features.filter(({ columns }) => {
    const known = columns.some(({ name }) => seen.has(name))
    for (const { name } of columns) seen.add(name)
    return !known
  })
}

/** The features that a source with so many levels can give. */
export const featuresWithin = (levels: number): Feature[] => catalogue.filter(({ depth }) => depth <= levels)

/** Every exported labeler in its options, by the name of its factory. */
export const labelers: Readonly<Record<string, readonly Labeler[]>> = {
  midMove: [
    midMove({ rows: 1 }),
    midMove({ rows: 17, kind: 'value' }),
    midMove({ rows: 5, thresholdTicks: fitMoveThreshold([0.5, -1, 2], { unit: 'ticks', instrument: 'made:TEST0', from: 0, to: 1 }) }),
  ],
  smoothedMove: [smoothedMove({ method: 'L1', rows: 10 }), smoothedMove({ method: 'L2', rows: 10, kind: 'value' }), smoothedMove({ method: 'L3', rows: 20, smoothingRows: 5, threshold: 0.0001 })],
}
