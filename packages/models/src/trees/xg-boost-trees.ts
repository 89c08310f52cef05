import { LobError } from '@rxlob/core'
import { joinedTrees, type EnsembleHead, type NumberedTree } from './joined-trees.js'
import { jsonReader, type JsonReader } from './json-reader.js'
import { orderedTree } from './ordered-tree.js'
import { missingRules, type TreeEnsemble } from './tree-ensemble.js'

const identities = ['reg:squarederror', 'reg:absoluteerror', 'reg:pseudohubererror', 'reg:quantileerror']

/**
 * An ensemble from an XGBoost JSON model (`Booster.save_model('x.json')`), predicting what XGBoost predicts.
 *
 * Objectives: `multi:softprob`, `multi:softmax` (its probabilities), `binary:logistic`, `reg:squarederror` and other regressions without a link.
 * Inputs are rounded to floats, as XGBoost does; its x < t becomes x <= the float before t. Covers are sums of hessians, which its own SHAP values go by.
 *
 * @param json The parsed file, or its text.
 * @throws {LobError} LOB_BAD_FILE where it is no such model, is truncated or damaged; LOB_MODEL where it holds what is not read: categorical
 *   splits, several targets or parallel trees, `dart`, `gblinear`, other objectives.
 * @see https://xgboost.readthedocs.io/en/stable/tutorials/saving_model.html, https://github.com/dmlc/xgboost/blob/master/doc/model.schema
 */
export function xgBoostTrees(json: unknown): TreeEnsemble {
  const root = jsonReader(typeof json === 'string' ? parsed(json) : json, 'XGBoost model')
  const learner = root.at('learner')
  const booster = learner.at('gradient_booster')
  const name = booster.at('name').text()
  if (name !== 'gbtree') throw new LobError('LOB_MODEL', `XGBoost model: the booster ${name} is not read; train with booster=gbtree.`)
  const parameters = learner.at('learner_model_param')
  const features = numberIn(parameters.at('num_feature'), 1, 2 ** 24)
  if ((parameters.has('num_target') ? numberIn(parameters.at('num_target'), 0, 2 ** 24) : 1) > 1) throw new LobError('LOB_MODEL', 'XGBoost model: models of several targets are not read; train one a target.')
  const objective = learner.at('objective').at('name').text()
  const classes = numberIn(parameters.at('num_class'), 0, 2 ** 16)
  const link = linkOf(objective, classes)
  const outputs = link === 'softmax' ? classes : 1
  const model = booster.at('model')
  if (numberIn(model.at('gbtree_model_param').at('num_parallel_tree'), 0, 2 ** 24) > 1) throw new LobError('LOB_MODEL', 'XGBoost model: forests (num_parallel_tree above 1) are not read.')
  const trees = model.at('trees').items()
  const info = model.at('tree_info').integers(0, outputs - 1)
  if (info.length !== trees.length) throw new LobError('LOB_BAD_FILE', `XGBoost model: expected an output for each of ${trees.length} trees, got ${info.length}; the file is damaged.`)
  const names = learner.has('feature_names') ? learner.at('feature_names').items().map((entry) => entry.text()) : []
  const baseScores = baseScoresOf(parameters.at('base_score'), outputs, link)
  const head: EnsembleHead = { link, features, ...(names.length === features && { featureNames: names }), outputs, precision: 'single', baseScores }
  return joinedTrees(head, trees.map((tree, at) => treeOf(tree, features, info[at]!)))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new LobError('LOB_BAD_FILE', `XGBoost model: no JSON (${String(error)}); save it under a name that ends in .json, and whole.`, {}, { cause: error })
  }
}

function treeOf(tree: JsonReader, features: number, output: number): NumberedTree {
  const kinds = tree.has('split_type') ? tree.at('split_type').integers(0, 1) : []
  if (kinds.includes(1)) throw new LobError('LOB_MODEL', `${tree.path}: categorical splits are not read; give categories as columns of 0 and 1.`)
  const left = tree.at('left_children').integers(-1, 2 ** 31 - 1)
  const conditions = tree.at('split_conditions').numbers()
  const indices = tree.at('split_indices').integers(0, 2 ** 31 - 1)
  const raw: NumberedTree = {
    output,
    left,
    right: tree.at('right_children').integers(-1, 2 ** 31 - 1),
    feature: indices.map((feature, node) => (left[node] === -1 ? -1 : feature)),
    threshold: conditions.map(floatBefore),
    // A leaf's condition is its value.
    value: conditions,
    missing: tree.at('default_left').flags().map((goesLeft) => missingRules.nanIsMissing + (goesLeft ? missingRules.goesLeft : 0)),
    cover: tree.at('sum_hessian').numbers(),
  }
  return orderedTree(raw, features, tree.path)
}

const bits = new DataView(new ArrayBuffer(4))

/** The greatest float below x, rounded to a float first; -Infinity stays. */
function floatBefore(x: number): number {
  bits.setFloat32(0, x)
  const word = bits.getInt32(0)
  if (bits.getFloat32(0) === 0) bits.setInt32(0, -0x7fffffff)
  else if (bits.getFloat32(0) !== -Infinity) bits.setInt32(0, word > 0 ? word - 1 : word + 1)
  return bits.getFloat32(0)
}

function linkOf(objective: string, classes: number): TreeEnsemble['link'] {
  if ((objective === 'multi:softprob' || objective === 'multi:softmax') && classes >= 2) return 'softmax'
  if (objective === 'binary:logistic') return 'sigmoid'
  if (identities.includes(objective)) return 'identity'
  throw new LobError('LOB_MODEL', `XGBoost model: the objective ${objective} with ${classes} classes is not read; expected multi:softprob, binary:logistic or reg:squarederror.`)
}

/** Before 3.1 one number; since then a list in a string. For `binary:logistic` a probability. */
function baseScoresOf(reader: JsonReader, outputs: number, link: TreeEnsemble['link']): Float64Array {
  const list = reader.text().replace(/^\[|\]$/g, '').split(',').map(Number)
  if ((list.length !== 1 && list.length !== outputs) || !list.every(Number.isFinite)) throw new LobError('LOB_BAD_FILE', `${reader.path}: expected a number, or one an output, got ${reader.text()}.`)
  return Float64Array.from({ length: outputs }, (_, output) => {
    const base = list[list.length === 1 ? 0 : output]!
    return link === 'sigmoid' ? Math.log(base / (1 - base)) : base
  })
}

/** XGBoost writes its parameters as strings. */
function numberIn(reader: JsonReader, low: number, high: number): number {
  const value = Number(reader.text())
  if (Number.isInteger(value) && value >= low && value <= high) return value
  throw new LobError('LOB_BAD_FILE', `${reader.path}: expected an integer from ${low} to ${high}, got ${reader.text()}.`)
}
