import { integerOption, LobError, numberOption, seededRandom, type Random } from '@rxlob/core'
import { columnBins } from './column-bins.js'
import { joinedTrees } from './joined-trees.js'
import { orderedTree } from './ordered-tree.js'
import { checkedRows, type TreeRows } from './training-rows.js'
import type { TreeEnsemble } from './tree-ensemble.js'
import { treeGrower, type GrownTree } from './tree-grower.js'
import { meanLoss, treeLoss } from './tree-loss.js'
import { leafOf } from './tree-scores.js'

export interface FitTreesOptions extends TreeRows {
  /** Numbers in one row of inputs. */
  readonly columns: number
  /** Names of those numbers, kept with the ensemble: `windowNames(input)` for windows. Default none. */
  readonly featureNames?: readonly string[]
  /** Two or more: predicts probabilities. Left out, the targets are values and the squared error is minimised. */
  readonly classes?: number
  /** Weight of the rows of each class. Default 1 each. */
  readonly classWeights?: ArrayLike<number>
  /** Later rows, purged from the training rows by the caller, on which the loss decides when to stop. */
  readonly validation?: TreeRows
  /** Boosting rounds at most, one tree an output each. Default 100. */
  readonly rounds?: number
  /** Rounds without a better validation loss after which training stops; needs `validation`. Default 20. */
  readonly patienceRounds?: number
  /** What share of each tree is added, above 0 to 1. Default 0.1. */
  readonly learningRate?: number
  /** Leaves a tree, 2 or more. Default 31. */
  readonly leaves?: number
  /** Splits from the root to a leaf at most. Default no limit. */
  readonly maxDepth?: number
  /** Fewest training rows in a leaf. Default 20. */
  readonly minLeafRows?: number
  /** Smallest sum of hessians in a leaf. Default 1e-3. */
  readonly minLeafHessian?: number
  /** L2 penalty of leaf values, against the sum of losses. Default 0. */
  readonly l2?: number
  /** Gain that a split must exceed. Default 0. */
  readonly minGain?: number
  /** Bins a column, 2 to 255, NaN's apart. Default 255. */
  readonly maxBins?: number
  /** Share of the columns that each tree sees, above 0 to 1. Default 1. */
  readonly columnShare?: number
  /** Share of the rows that each round sees, drawn without return, above 0 to 1. Default 1. */
  readonly rowShare?: number
  /** Of the draws of columns and rows. Default 1. */
  readonly seed?: number
  /** Called after each round. */
  readonly onRound?: (progress: TreeProgress) => void
}

export interface TreeProgress {
  /** 1-based. */
  readonly round: number
  readonly rounds: number
  /** Nats a row, or the mean squared error. */
  readonly trainLoss: number
  /** Undefined without validation rows. */
  readonly validationLoss: number | undefined
}

export interface TreeFit {
  /** Up to the best round. */
  readonly ensemble: TreeEnsemble
  /** Rounds in `ensemble`: those of least validation loss, or all where there are no validation rows. */
  readonly bestRound: number
  /** After each round that was trained, those past the best too. */
  readonly losses: readonly TreeProgress[]
  /** `[columns]`: gain of the splits on each column, all trees of `ensemble`. Says where training looked, not what matters: see `./explain`. */
  readonly gains: Float64Array
}

/**
 * Gradient-boosted trees on histograms: leaf-wise growth, second-order leaf values, early stopping. Defaults are LightGBM's.
 *
 *   F_0 = the constant of least loss;  F_m = F_(m-1) + learningRate * tree_m,  each tree a Newton step on the gradients of the loss at F_(m-1)
 *
 * Classes: two share one score (log odds of class 1), more have a score each (softmax). NaN inputs go to the side of a split that gains more.
 * The same input gives the same bits. Runs on the calling thread. Cost: O(rows columns log(leaves)) a tree; 13 bytes a number of input.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range or shapes do not match; LOB_MODEL where an input is infinite, a target is
 *   no class or no number, there are too few rows for two leaves, or only one class.
 * @see Friedman (2001), Annals of Statistics 29(5); Ke et al. (2017), LightGBM, NeurIPS; Chen and Guestrin (2016), XGBoost, KDD
 * @example
 * fitTrees({ inputs, columns: 12, targets, classes: 3, validation, rounds: 500, learningRate: 0.05 }).ensemble
 */
export function fitTrees(options: FitTreesOptions): TreeFit {
  const settings = checkedSettings(options)
  const { columns, classes, rounds, learningRate, patience, random } = settings
  const train = checkedRows('fitTrees', options, columns, classes, options.classWeights)
  const validation = options.validation && checkedRows('validation', options.validation, columns, classes, options.classWeights)
  const rows = train.targets.length
  demandRows(train, classes, settings.limits.minLeafRows)
  if (validation?.targets.length === 0) throw new LobError('LOB_BAD_OPTION', 'Option validation: expected one row or more, got none.')

  const loss = treeLoss(train.targets, train.weights, classes)
  const { outputs, link, baseScores } = loss
  const startScores = (count: number): Float64Array => Float64Array.from({ length: count * outputs }, (_, at) => baseScores[at % outputs]!)
  const scores = startScores(rows)
  const validationScores = validation && startScores(validation.targets.length)
  const grow = treeGrower(columnBins(train.inputs, columns, settings.maxBins), settings.limits)
  const gradients = new Float64Array(rows)
  const hessians = new Float64Array(rows)
  const drawn = Int32Array.from({ length: rows }, (_, row) => row)
  const order = new Int32Array(rows)
  const drawnRows = Math.max(1, Math.round(settings.rowShare * rows))
  const drawnColumns = Math.max(1, Math.round(settings.columnShare * columns))

  const trees: GrownTree[] = []
  const losses: TreeProgress[] = []
  let bestRound = 0
  // Rounds that never beat the constant are worth nothing: then the constant it is.
  let bestLoss = validation === undefined ? Infinity : meanLoss(link, validationScores!, validation.targets, validation.weights)
  for (let round = 1; round <= rounds && round - bestRound <= patience; round++) {
    loss.prepare(scores)
    if (drawnRows < rows) drawFirst(drawn, drawnRows, random)
    const trained: GrownTree[] = []
    for (let output = 0; output < outputs; output++) {
      loss.derive(output, gradients, hessians)
      const inPlay = drawnColumns < columns ? drawnOf(columns, drawnColumns, random) : Int32Array.from({ length: columns }, (_, column) => column)
      order.set(drawn)
      const tree = grow(order, drawnRows, gradients, hessians, train.weights, inPlay)
      for (let node = 0; node < tree.value.length; node++) tree.value[node]! *= learningRate
      for (const { node, from, to } of tree.leaves) {
        for (let i = from; i < to; i++) scores[order[i]! * outputs + output]! += tree.value[node]!
      }
      for (let i = drawnRows; i < rows; i++) scores[order[i]! * outputs + output]! += leafValue(tree, train.inputs, order[i]! * columns)
      for (let row = 0; row < (validation?.targets.length ?? 0); row++) validationScores![row * outputs + output]! += leafValue(tree, validation!.inputs, row * columns)
      trained.push(tree)
    }
    // Where no tree of a round could split, none ever will: unless other rows or columns are drawn.
    const stuck = trained.every((tree) => tree.value.length === 1) && drawnRows === rows && drawnColumns === columns
    if (stuck) break
    trees.push(...trained)
    const validationLoss = validation && meanLoss(link, validationScores!, validation.targets, validation.weights)
    if (validationLoss === undefined || validationLoss < bestLoss) {
      bestRound = round
      bestLoss = validationLoss ?? bestLoss
    }
    const progress = { round, rounds, trainLoss: meanLoss(link, scores, train.targets, train.weights), validationLoss }
    losses.push(progress)
    options.onRound?.(progress)
  }
  const kept = trees.slice(0, bestRound * outputs)
  const gains = new Float64Array(columns)
  for (const { feature, gain } of kept) feature.forEach((column, node) => column >= 0 && (gains[column]! += gain[node]!))
  const { featureNames } = options
  const head = { link, features: columns, ...(featureNames && { featureNames: [...featureNames] }), outputs, precision: 'single' as const, baseScores }
  const ensemble = joinedTrees(head, kept.map((tree, at) => orderedTree({ ...tree, output: at % outputs }, columns, `Tree ${at}`)))
  return { ensemble, bestRound, losses, gains }
}

function checkedSettings(options: FitTreesOptions) {
  const { classes, classWeights } = options
  if (classes !== undefined) integerOption('classes', classes, 2)
  if (classWeights !== undefined && classWeights.length !== classes) {
    throw new LobError('LOB_BAD_OPTION', `Option classWeights: expected a weight for each of ${classes ?? 'no'} classes, got ${classWeights.length}.`)
  }
  if (options.featureNames !== undefined && options.featureNames.length !== options.columns) {
    throw new LobError('LOB_BAD_OPTION', `Option featureNames: expected a name for each of ${options.columns} columns, got ${options.featureNames.length}.`)
  }
  for (let k = 0; k < (classWeights?.length ?? 0); k++) numberOption(`classWeights[${k}]`, classWeights![k]!, 0, Number.MAX_VALUE)
  if (options.patienceRounds !== undefined && options.validation === undefined) throw new LobError('LOB_BAD_OPTION', 'Option patienceRounds: expected validation rows to stop by.')
  const share = (name: 'columnShare' | 'rowShare' | 'learningRate', fallback: number): number => numberOption(name, options[name] ?? fallback, Number.MIN_VALUE, 1)
  return {
    columns: integerOption('columns', options.columns, 1),
    classes,
    rounds: integerOption('rounds', options.rounds ?? 100, 1),
    patience: integerOption('patienceRounds', options.patienceRounds ?? 20, 1),
    learningRate: share('learningRate', 0.1),
    maxBins: integerOption('maxBins', options.maxBins ?? 255, 2, 255),
    columnShare: share('columnShare', 1),
    rowShare: share('rowShare', 1),
    random: seededRandom(integerOption('seed', options.seed ?? 1, 0)),
    limits: {
      leaves: integerOption('leaves', options.leaves ?? 31, 2),
      maxDepth: options.maxDepth === undefined ? Infinity : integerOption('maxDepth', options.maxDepth, 1),
      minLeafRows: integerOption('minLeafRows', options.minLeafRows ?? 20, 1),
      minLeafHessian: numberOption('minLeafHessian', options.minLeafHessian ?? 1e-3, 0, Number.MAX_VALUE),
      l2: numberOption('l2', options.l2 ?? 0, 0, Number.MAX_VALUE),
      minGain: numberOption('minGain', options.minGain ?? 0, 0, Number.MAX_VALUE),
    },
  }
}

function demandRows({ targets, weights }: { targets: Float64Array; weights: Float64Array | undefined }, classes: number | undefined, minLeafRows: number): void {
  const least = 2 * minLeafRows
  if (targets.length < least) throw new LobError('LOB_MODEL', `fitTrees: ${targets.length} rows make no split of ${minLeafRows} rows a side, expected ${least} or more; give more rows or lower minLeafRows.`)
  const weighing = weights === undefined ? targets : targets.filter((_, row) => weights[row]! > 0)
  if (weighing.length === 0) throw new LobError('LOB_MODEL', 'fitTrees: every row weighs 0.')
  if (classes !== undefined && new Set(weighing).size < 2) throw new LobError('LOB_MODEL', `fitTrees: every row is of class ${weighing[0]}; there is nothing to learn: take a longer period or other label thresholds.`)
}

const leafValue = (tree: GrownTree, inputs: Float32Array, at: number): number => tree.value[leafOf(tree, 0, inputs, at)]!

/** Moves a random `count` of the items to the front, both parts ascending: rows in order are read faster. */
function drawFirst(items: Int32Array, count: number, random: Random): void {
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (items.length - i))
    const item = items[i]!
    items[i] = items[j]!
    items[j] = item
  }
  items.subarray(0, count).sort()
  items.subarray(count).sort()
}

function drawnOf(all: number, count: number, random: Random): Int32Array {
  const items = Int32Array.from({ length: all }, (_, at) => at)
  drawFirst(items, count, random)
  return items.slice(0, count)
}
