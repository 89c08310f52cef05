import { fitTrees, treeOutputs } from '../trees/index.js'
import type { FitTreesOptions } from '../trees/index.js'
import type { MetaLearner } from './meta-learner.js'

/** Small trees, slowly: the inputs are few and say nearly the same. */
export type TreesMetaOptions = Partial<Pick<FitTreesOptions, 'rounds' | 'learningRate' | 'leaves' | 'minLeafRows' | 'l2' | 'seed'>>

/**
 * Stacking by gradient-boosted trees on the members' log odds: it can learn when to believe whom, where `logisticMeta` weights all rows alike, and
 * takes more rows to do so.
 *
 * @param options As of `fitTrees`. Defaults here: 60 rounds of 4 leaves at a rate of 0.1, 100 rows a leaf or more.
 * @throws {LobError} when it is fitted, as `fitTrees`: LOB_MODEL where there are too few rows or only one class.
 */
export function treesMeta(options: TreesMetaOptions = {}): MetaLearner {
  const settings = { rounds: 60, learningRate: 0.1, leaves: 4, minLeafRows: 100, ...options }
  return {
    name: `trees${JSON.stringify(settings)}`,
    fit({ inputs, columns, targets, classes }) {
      const { ensemble } = fitTrees({ ...settings, inputs, columns, targets, classes })
      return (asked) => treeOutputs(ensemble, asked)
    },
  }
}
